package ferry.local;

import ferry.local.launcher.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the launcher: has one running, starts another should it die, and passes on
 * what is reported of attempts, its own and those of earlier launchers. Safe for use by several
 * threads. Reports come on threads of this object and should be taken quickly.
 */
public final class LauncherProcess implements AutoCloseable {
  private static final int MOST_FAILED_STARTS = 3;

  private final Path home;
  private final AttemptFiles files;
  private final Consumer<LauncherReport> receiver;
  private final AttemptWatch watch;
  private final Map<String, CommandLaunch> held = new LinkedHashMap<>();
  private final Map<String, Duration> stopping = new HashMap<>();
  private final Map<Integer, List<String>> environments = new HashMap<>();
  private @Nullable LauncherChild child;
  private int nextEnvironment = 1;
  private int failedStarts;
  private boolean closed;

  private LauncherProcess(Path home, AttemptFiles files, Consumer<LauncherReport> receiver) {
    this.home = home;
    this.files = files;
    this.receiver = receiver;
    this.watch = new AttemptWatch(files, receiver);
  }

  /**
   * Starts a launcher; it is used at once and is ready some 60 ms later.
   *
   * @param home Ferry's home, which exists
   * @throws IOException if no process can be started
   */
  public static LauncherProcess start(
      Path home, AttemptFiles files, Consumer<LauncherReport> receiver) throws IOException {
    LauncherProcess launcher = new LauncherProcess(home, files, receiver);
    files.forgetDeadLaunchers();
    synchronized (launcher) {
      launcher.startChild();
    }
    return launcher;
  }

  /** Makes a base environment known, {@code NAME=VALUE} each; the id that launches name it by. */
  public synchronized int environment(List<String> entries) {
    int id = nextEnvironment++;
    environments.put(id, List.copyOf(entries));
    send(RequestBytes.environment(id, entries));
    return id;
  }

  /** No later launch will name that environment. */
  public synchronized void forgetEnvironment(int id) {
    environments.remove(id);
    send(RequestBytes.forget(id));
  }

  /**
   * Starts an attempt, unless it was ever claimed: then it is watched, and its end is reported like
   * any other. Returns at once; what becomes of it is reported.
   */
  public void launch(CommandLaunch launch) {
    Optional<String> obstacle = tryToLaunch(launch);
    obstacle.ifPresent(
        words -> receiver.accept(new LauncherReport.Refused(launch.attempt(), words)));
  }

  private synchronized Optional<String> tryToLaunch(CommandLaunch launch) {
    try {
      if (child == null) {
        startChild();
        environments.forEach((id, entries) -> send(RequestBytes.environment(id, entries)));
      }
      held.put(launch.attempt(), launch);
      send(RequestBytes.launch(launch));
      return Optional.empty();
    } catch (IOException hopeless) {
      return Optional.of("no launcher can be started: " + hopeless);
    }
  }

  /** Ends an attempt's whole tree, whichever launcher started it. Nothing if it has ended. */
  public synchronized void stop(String attempt, Duration grace) {
    if (watch.watches(attempt)) {
      watch.stop(attempt, grace);
    } else if (held.containsKey(attempt)) {
      stopping.put(attempt, grace);
      send(RequestBytes.stop(attempt, grace.toMillis()));
    }
  }

  /**
   * Watches an attempt of an earlier launcher and reports its end. If that launcher is dead, what
   * is left of the attempt is ended and the attempt reported as lost.
   */
  public void watch(String attempt, Path directory, Duration grace) {
    watch.add(attempt, directory, grace);
  }

  /** The launcher's pid, or 0 while there is none. */
  public synchronized long pid() {
    LauncherChild current = child;
    return current == null ? 0 : current.pid();
  }

  /** Leaves the launcher, which goes on until its last attempt is recorded. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    watch.close();
    LauncherChild current = child;
    if (current != null) {
      current.leave();
    }
  }

  private void startChild() throws IOException {
    LauncherChild started = LauncherChild.start(home);
    child = started;
    Thread.ofPlatform().daemon().name("ferry-launcher-reports").start(() -> read(started));
  }

  private void read(LauncherChild source) {
    try {
      source.readReports(this::ready, this::receive);
    } catch (IOException broken) {
      receiver.accept(new LauncherReport.Problem("cannot read from the launcher: " + broken));
    }
    try {
      boolean failed = source.failed();
      replace(source, failed).forEach(receiver);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void ready() {
    failedStarts = 0;
  }

  private void receive(LauncherReport report) {
    switch (report) {
      case LauncherReport.Ended(var attempt, var _) -> forget(attempt);
      case LauncherReport.Refused(var attempt, var words) -> {
        if (words.equals(Wire.ALREADY_CLAIMED)) {
          watchInstead(attempt);
          return;
        }
        forget(attempt);
      }
      case LauncherReport.Started _, LauncherReport.Lost _, LauncherReport.Problem _ -> {}
    }
    receiver.accept(report);
  }

  private synchronized void forget(String attempt) {
    stopping.remove(attempt);
    held.remove(attempt);
  }

  /** Another launcher has it; what that one was not asked is asked of its tree. */
  private synchronized void watchInstead(String attempt) {
    CommandLaunch launch = held.remove(attempt);
    Duration stop = stopping.remove(attempt);
    if (launch != null) {
      watch(attempt, launch.directory(), launch.grace());
      if (stop != null) {
        watch.stop(attempt, stop);
      }
    }
  }

  /**
   * Starts another launcher in place of one that died, with all it did not come to; what there is
   * to report.
   */
  private synchronized List<LauncherReport> replace(LauncherChild dead, boolean failed) {
    if (closed || child != dead) {
      return List.of();
    }
    List<LauncherReport> reports = new ArrayList<>();
    failedStarts += failed ? 1 : 0;
    try {
      if (failedStarts > MOST_FAILED_STARTS) {
        throw new IOException("it failed " + failedStarts + " times before it was ready");
      }
      startChild();
      environments.forEach((id, entries) -> send(RequestBytes.environment(id, entries)));
    } catch (IOException hopeless) {
      child = null;
      reports.add(
          new LauncherReport.Problem(
              "no launcher can be started: " + hopeless + "; see " + home.resolve("launcher.log")));
    }
    List.copyOf(held.values()).forEach(launch -> goOn(launch, reports));
    return reports;
  }

  private void goOn(CommandLaunch launch, List<LauncherReport> reports) {
    String attempt = launch.attempt();
    Optional<Duration> stop = Optional.ofNullable(stopping.remove(attempt));
    boolean isUntouched = false;
    try {
      isUntouched = files.look(attempt, launch.directory()) instanceof AttemptStatus.NotClaimed;
    } catch (IOException unreadable) {
      reports.add(
          new LauncherReport.Problem("cannot read " + launch.directory() + ": " + unreadable));
    }
    if (isUntouched && child != null && stop.isEmpty()) {
      send(RequestBytes.launch(launch));
      return;
    }
    held.remove(attempt);
    if (isUntouched) {
      String words = stop.isPresent() ? "stopped before it started" : "there is no launcher for it";
      reports.add(new LauncherReport.Refused(attempt, words));
    } else {
      watch.add(attempt, launch.directory(), stop.orElse(launch.grace()));
    }
  }

  private void send(byte[] message) {
    LauncherChild current = child;
    try {
      if (current != null) {
        current.send(message);
      }
    } catch (IOException _) {
      // It has just died: the thread that reads its reports sees that too, and what it held goes to
      // the next one.
    }
  }
}
