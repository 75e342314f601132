package ferry.local;

import ferry.backend.Place;
import ferry.error.DiskTrouble;
import ferry.tracking.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Python environments under {@code environments/<sha256>}, each made once from a requirements file
 * for one Python. One that was not finished is never used: it is made anew. Processes and servers
 * that share a home wait for each other.
 */
final class PythonEnvironments implements AutoCloseable {
  static final String COMPLETE = ".complete";
  private static final long LOCK_PAUSE_MILLIS = 200;

  private final Path directory;
  private final Map<String, CompletableFuture<Path>> making = new ConcurrentHashMap<>();
  private final EnvironmentBuild.Children children = new EnvironmentBuild.Children();

  PythonEnvironments(Path home) {
    directory = home.resolve("environments");
  }

  /** What an attempt waits for, told once if it has to wait. */
  interface Waiting {
    void because(String reason);
  }

  /** Says what the environment for a file depends on, and so whether it is the same one. */
  static String key(Python python, Requirements requirements) {
    var text = "ferry environment 1\n" + python.executable() + "\n" + python.kind() + "\n";
    return Sha256.of(text + requirements.text());
  }

  /** The environment's directory, made first where it is missing; waits until it is ready. */
  Path ready(Place place, Requirements requirements, Waiting waiting) throws CannotStart {
    var python = Python.of(place);
    var environment = directory.resolve(key(python, requirements));
    if (environment.resolve(COMPLETE).toFile().isFile()) {
      return environment;
    }
    waiting.because("making the Python environment from " + requirements.name());
    var mine = new CompletableFuture<Path>();
    var others = making.putIfAbsent(environment.toString(), mine);
    if (others != null) {
      return join(others);
    }
    try {
      make(new EnvironmentBuild(place, python, requirements, environment, children));
      mine.complete(environment);
      return environment;
    } catch (CannotStart failed) {
      mine.completeExceptionally(failed);
      throw failed;
    } finally {
      making.remove(environment.toString());
      mine.completeExceptionally(new CannotStart("the Python environment was not made"));
    }
  }

  private static Path join(CompletableFuture<Path> others) throws CannotStart {
    try {
      return others.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof CannotStart words
          ? words
          : new CannotStart("the Python environment could not be made: " + failed.getCause());
    }
  }

  /** Where the last build for that environment wrote what it did. */
  Path log(Path environment) {
    return EnvironmentBuild.log(environment);
  }

  /** The log of the build that a key's environment came from, or failed with. */
  Path log(Place place, Requirements requirements) throws CannotStart {
    return log(directory.resolve(key(Python.of(place), requirements)));
  }

  private void make(EnvironmentBuild build) throws CannotStart {
    try {
      Files.createDirectories(directory);
      var lockFile =
          build.environment().resolveSibling(build.environment().getFileName() + ".lock");
      try (var channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = lock(channel)) {
        if (lock.isValid() && !build.environment().resolve(COMPLETE).toFile().isFile()) {
          build.run();
        }
      }
    } catch (IOException trouble) {
      throw new CannotStart(
          "the Python environment could not be made: " + DiskTrouble.words(directory, trouble));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotStart("the server ended while the Python environment was made");
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
    while (true) {
      try {
        var lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException anotherServerInThisProcess) {
        // It is waited for like one in another process.
      }
      Thread.sleep(LOCK_PAUSE_MILLIS);
    }
  }

  /** Ends builds that are under way; they are made anew when they are asked for again. */
  @Override
  public void close() {
    children.endAll();
  }
}
