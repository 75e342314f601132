package ferry.local;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import ferry.local.launcher.ExitRecord;
import ferry.local.launcher.OrphanedTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A home with a launcher in it, for tests: starts attempts, waits for reports, and leaves no
 * process behind.
 */
final class LauncherHome {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  final Path home;
  final AttemptFiles files;
  final BlockingQueue<LauncherReport> reports = new LinkedBlockingQueue<>();
  final LauncherProcess launcher;
  final int environment;
  private final List<String> attempts = new ArrayList<>();

  LauncherHome(Path home) throws IOException {
    this(home, List.of());
  }

  LauncherHome(Path home, List<String> variables) throws IOException {
    this.home = home;
    this.files = new AttemptFiles(home);
    this.launcher = LauncherProcess.start(home, files, reports::add);
    List<String> base = new ArrayList<>(List.of("PATH=/usr/local/bin:/usr/bin:/bin"));
    base.addAll(variables);
    this.environment = launcher.environment(base);
  }

  static Path directory(String attempt) {
    return Path.of("runs", attempt);
  }

  CommandLaunch bash(String attempt, String script) {
    return command(attempt, "bash", "-c", script);
  }

  CommandLaunch command(String attempt, String... command) {
    return new CommandLaunch(
        attempt,
        directory(attempt),
        home,
        Arrays.asList(command),
        environment,
        List.of(),
        Duration.ZERO,
        Duration.ofMillis(300),
        0,
        List.of());
  }

  void launch(CommandLaunch launch) {
    attempts.add(launch.attempt());
    launcher.launch(launch);
  }

  /** Runs the script to its end. */
  ExitRecord run(String attempt, String script) {
    return run(bash(attempt, script));
  }

  ExitRecord run(CommandLaunch launch) {
    launch(launch);
    return ended(launch.attempt());
  }

  ExitRecord ended(String attempt) {
    return awaitReport(LauncherReport.Ended.class, ended -> ended.attempt().equals(attempt)).exit();
  }

  void started(String attempt) {
    awaitReport(LauncherReport.Started.class, started -> started.attempt().equals(attempt));
  }

  LauncherReport.Lost lost(String attempt) {
    return awaitReport(LauncherReport.Lost.class, lost -> lost.attempt().equals(attempt));
  }

  <T extends LauncherReport> T awaitReport(Class<T> kind, Predicate<T> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<LauncherReport> seen = new ArrayList<>();
    try {
      while (true) {
        LauncherReport report = reports.poll(end - System.nanoTime(), NANOSECONDS);
        if (report == null) {
          throw new AssertionError("no such report; these came: " + seen);
        }
        if (kind.isInstance(report) && wanted.test(kind.cast(report))) {
          return kind.cast(report);
        }
        seen.add(report);
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  String log(String attempt) {
    return text(directory(attempt).resolve("log"));
  }

  /** The text of a file of the home, empty while it is not there. */
  String text(Path file) {
    try {
      Path path = home.resolve(file);
      return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  AttemptStatus look(String attempt) throws IOException {
    return files.look(attempt, directory(attempt));
  }

  static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  /** Waits until the log holds the text. */
  void awaitLog(String attempt, String text) {
    await(() -> log(attempt).contains(text));
  }

  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).isPresent()
        && ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    await(() -> !isAlive(pid));
  }

  void close() throws IOException, InterruptedException {
    for (String attempt : attempts) {
      new OrphanedTree(attempt, 0, 0).end(Duration.ZERO);
    }
    launcher.close();
    long pid = launcher.pid();
    await(() -> !isAlive(pid));
  }
}
