package ferry.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the AOT cache that halves a launcher's start. It belongs to one jar, one Java runtime and
 * one processor: name the file after a hash of them, and give its path in the system property
 * {@code ferry.launcher.aot}.
 */
public final class LauncherCache {
  private static final List<String> ENVIRONMENT =
      List.of("PATH=/usr/local/bin:/usr/bin:/bin", "SECRET=secret");

  private LauncherCache() {}

  /**
   * Starts a launcher in a directory of its own, has it do a little of everything, and puts the
   * cache that comes of it in place at once. Takes some seconds.
   *
   * @throws IOException if no cache came of it; there is no file then
   */
  public static void make(Path cache) throws IOException, InterruptedException {
    make(cache, LauncherChild.classPath());
  }

  /** As {@link #make(Path)}, for the launcher in that jar. */
  static void make(Path cache, Path jar) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(cache.toAbsolutePath().getParent(), "launcher-cache");
    try {
      Path made = home.resolve("cache");
      LauncherChild child = LauncherChild.start(home, jar, List.of("-XX:AOTCacheOutput=" + made));
      train(child, home);
      if (child.failed() || !Files.exists(made)) {
        throw new IOException(
            "no AOT cache came of " + jar + ": " + Files.readString(home.resolve("launcher.log")));
      }
      Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(home);
    }
  }

  private static void train(LauncherChild child, Path home) throws IOException {
    child.send(RequestBytes.environment(1, ENVIRONMENT));
    child.send(RequestBytes.launch(launch("train/plain/1", home, List.of())));
    child.send(RequestBytes.launch(launch("train/masked/1", home, List.of("secret"))));
    child.send(RequestBytes.quit());
    child.readReports(() -> {}, _ -> {});
  }

  private static CommandLaunch launch(String attempt, Path home, List<String> secrets) {
    return new CommandLaunch(
        attempt,
        Path.of(attempt),
        home,
        List.of("sh", "-c", "sleep 0.4 & echo $SECRET"),
        1,
        List.of("FERRY_STEP=train"),
        Duration.ofSeconds(20),
        Duration.ofSeconds(1),
        1L << 40,
        secrets);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
