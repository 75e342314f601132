package ferry.local;

import ferry.local.launcher.Claim;
import ferry.local.launcher.ExitRecord;
import ferry.local.launcher.LiveProcesses;
import ferry.local.launcher.OrphanedTree;
import ferry.local.launcher.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Reads what the launchers of a home leave in the directories of attempts: {@code claim}, {@code
 * exit} and {@code log}. Safe for use by several threads.
 */
public final class AttemptFiles {
  /** After what time without a beat a launcher that this machine cannot see counts as dead. */
  public static final Duration HEARTBEAT_WINDOW = Duration.ofSeconds(30);

  private final Path home;
  private final Place here;
  private final Heartbeats heartbeats;
  private final LiveProcesses processes = new LiveProcesses();

  /** The attempts of that home, seen from this machine and pid namespace. */
  public AttemptFiles(Path home) throws IOException {
    this(home, Place.here(), HEARTBEAT_WINDOW, System::nanoTime);
  }

  /** As {@link #AttemptFiles(Path)}, with place, window and clock given, for tests. */
  public AttemptFiles(Path home, Place here, Duration window, LongSupplier nanoTime) {
    this.home = home;
    this.here = here;
    this.heartbeats = new Heartbeats(window, nanoTime);
  }

  /** Where pids mean what they mean to this process. */
  public Place here() {
    return here;
  }

  /**
   * What is true of the attempt now. Reading is safe at any moment: a launcher that ends between
   * two looks has written the record before, and it is read again.
   *
   * @param attempt its name, as its processes have it in {@code FERRY_ATTEMPT}
   * @param directory its directory, absolute or under the home
   */
  public AttemptStatus look(String attempt, Path directory) throws IOException {
    Path files = home.resolve(directory);
    Optional<ExitRecord> exit = exit(files);
    if (exit.isPresent()) {
      return new AttemptStatus.Ended(exit.get());
    }
    Optional<String> claimed = read(files.resolve("claim"));
    if (claimed.isEmpty()) {
      return new AttemptStatus.NotClaimed();
    }
    Optional<Claim> claim = Claim.parse(claimed.get());
    if (claim.isEmpty()) {
      return unfinishedClaim(attempt, files, claimed.get());
    }
    return isLauncherAlive(claim.get())
        ? new AttemptStatus.Running(claim, true)
        : withoutLauncher(attempt, files);
  }

  /** The record of the attempt's end, if it is written. */
  public Optional<ExitRecord> exit(Path directory) throws IOException {
    return read(home.resolve(directory).resolve("exit")).flatMap(ExitRecord::parse);
  }

  /**
   * An attempt that was claimed by a launcher that is dead now: nothing in its directory changes
   * any more.
   */
  private AttemptStatus withoutLauncher(String attempt, Path files) throws IOException {
    Optional<ExitRecord> exit = exit(files);
    if (exit.isPresent()) {
      return new AttemptStatus.Ended(exit.get());
    }
    Optional<Claim> claim = read(files.resolve("claim")).flatMap(Claim::parse);
    if (claim.isPresent() && !claim.get().place().boot().equals(here.boot())) {
      return new AttemptStatus.Lost("the machine it ran on was restarted, or is another one");
    }
    if (claim.isPresent() && !claim.get().place().equals(here)) {
      return new AttemptStatus.Lost("the container it ran in has ended");
    }
    long pid = claim.map(Claim::pid).orElse(0L);
    long start = claim.map(Claim::start).orElse(0L);
    return new OrphanedTree(attempt, pid, start).pids().isEmpty()
        ? new AttemptStatus.Lost("its launcher was killed, so nobody saw how it ended")
        : new AttemptStatus.Running(claim, false);
  }

  /**
   * A claim that was made but not written: by a launcher that lives, or by one that was killed in
   * between, or before a power cut. One that lives writes it at once, so that none counts as its
   * maker once the claim has stayed as it is for a while.
   */
  private AttemptStatus unfinishedClaim(String attempt, Path files, String claimed)
      throws IOException {
    if (!heartbeats.isFresh("claim of " + attempt, claimed)) {
      return withoutLauncher(attempt, files);
    }
    for (Claim launcher : launchers()) {
      if (isLauncherAlive(launcher)) {
        return new AttemptStatus.Running(Optional.empty(), true);
      }
    }
    return withoutLauncher(attempt, files);
  }

  private boolean isLauncherAlive(Claim claim) throws IOException {
    if (claim.place().equals(here)) {
      return processes.isAlive(claim.launcherPid(), claim.launcherStart());
    }
    Optional<String> file = read(home.resolve("launchers").resolve(claim.launcher()));
    return file.isPresent() && heartbeats.isFresh(claim.launcher(), file.get());
  }

  /** The launchers that have a file in the home, alive or not. */
  private List<Claim> launchers() throws IOException {
    Path directory = home.resolve("launchers");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Claim> found = new java.util.ArrayList<>();
      for (Path file : files.toList()) {
        read(file).flatMap(Claim::parse).ifPresent(found::add);
      }
      return found;
    }
  }

  /** Removes the files of launchers that died on this machine. */
  public void forgetDeadLaunchers() throws IOException {
    for (Claim launcher : launchers()) {
      if (launcher.place().equals(here) && !isLauncherAlive(launcher)) {
        Files.deleteIfExists(home.resolve("launchers").resolve(launcher.launcher()));
      }
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    }
  }
}
