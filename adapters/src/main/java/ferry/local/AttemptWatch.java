package ferry.local;

import ferry.local.launcher.Claim;
import ferry.local.launcher.OrphanedTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches attempts that other launchers hold, or held until they died: four times a second it looks
 * whether they have ended, and it ends the trees of those that nobody holds. With nothing to watch
 * it sleeps.
 */
final class AttemptWatch {
  private static final long PAUSE_MILLIS = 250;

  private final AttemptFiles files;
  private final Consumer<LauncherReport> receiver;
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean closed;

  /** A watched attempt; {@code ending} once its tree is being ended. */
  private record Watched(Path directory, Duration grace, boolean ending) {}

  AttemptWatch(AttemptFiles files, Consumer<LauncherReport> receiver) {
    this.files = files;
    this.receiver = receiver;
    Thread.ofPlatform().daemon().name("ferry-attempt-watch").start(this::run);
  }

  void add(String attempt, Path directory, Duration grace) {
    watched.putIfAbsent(attempt, new Watched(directory, grace, false));
    wake();
  }

  boolean watches(String attempt) {
    return watched.containsKey(attempt);
  }

  /** Ends the attempt's tree, whoever holds it; its end is reported when it is seen. */
  void stop(String attempt, Duration grace) {
    Watched each = watched.get(attempt);
    if (each != null && !each.ending()) {
      endTree(attempt, new Watched(each.directory(), grace, false));
    }
  }

  void close() {
    closed = true;
    wake();
  }

  private void wake() {
    wakeUps.release();
  }

  private void run() {
    try {
      while (!closed) {
        watched.forEach(this::look);
        pause();
      }
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause() throws InterruptedException {
    if (watched.isEmpty() && !closed) {
      wakeUps.acquire();
    } else if (wakeUps.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  private void look(String attempt, Watched each) {
    if (each.ending()) {
      return;
    }
    try {
      switch (files.look(attempt, each.directory())) {
        case AttemptStatus.Ended(var exit) ->
            report(new LauncherReport.Ended(attempt, exit), attempt);
        case AttemptStatus.Lost(var reason) ->
            report(new LauncherReport.Lost(attempt, reason), attempt);
        case AttemptStatus.Running(var _, var held) -> {
          if (!held) {
            endTree(attempt, each);
          }
        }
        case AttemptStatus.NotClaimed _ -> {
          if (new OrphanedTree(attempt, 0, 0).pids().isEmpty()) {
            report(new LauncherReport.Lost(attempt, "its directory is gone"), attempt);
          }
        }
      }
    } catch (IOException unreadable) {
      receiver.accept(
          new LauncherReport.Problem("cannot read " + each.directory() + ": " + unreadable));
    }
  }

  private void report(LauncherReport report, String attempt) {
    watched.remove(attempt);
    receiver.accept(report);
  }

  private void endTree(String attempt, Watched each) {
    watched.put(attempt, new Watched(each.directory(), each.grace(), true));
    Thread.ofVirtual().name("end " + attempt).start(() -> endAndLookAgain(attempt, each));
  }

  private void endAndLookAgain(String attempt, Watched each) {
    try {
      Optional<Claim> claim =
          files.look(attempt, each.directory()) instanceof AttemptStatus.Running(var found, var _)
              ? found
              : Optional.empty();
      long pid = claim.map(Claim::pid).orElse(0L);
      long start = claim.map(Claim::start).orElse(0L);
      if (!new OrphanedTree(attempt, pid, start).end(each.grace())) {
        receiver.accept(
            new LauncherReport.Problem("processes of " + attempt + " could not be killed"));
      }
    } catch (IOException | InterruptedException failed) {
      receiver.accept(new LauncherReport.Problem("cannot end " + attempt + ": " + failed));
    } finally {
      watched.computeIfPresent(
          attempt, (_, _) -> new Watched(each.directory(), each.grace(), false));
      wake();
    }
  }
}
