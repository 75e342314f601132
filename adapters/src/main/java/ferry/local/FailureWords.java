package ferry.local;

import ferry.backend.MissingModule;
import ferry.local.launcher.ExitRecord;
import ferry.run.Outcome;
import ferry.run.Outcome.Cause;
import ferry.workflow.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why an attempt failed, in one sentence: from its exit record, and from what it printed last. */
final class FailureWords {
  private static final int LINES = 40;
  private static final int LONGEST = 300;
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;
  private static final int SIGNALS = 128;

  private static final Pattern NO_MODULE =
      Pattern.compile("ModuleNotFoundError: No module named '?([\\w.-]+)'?.*");
  private static final Pattern NO_MODULE_MAIN =
      Pattern.compile(".*python[\\d.]*: No module named ([\\w.-]+).*");
  private static final Pattern EXCEPTION =
      Pattern.compile("([A-Za-z_][\\w.]*(?:Error|Exception|Interrupt|Exit|Warning)\\b(?:: .*)?)");
  private static final Pattern NO_COMMAND =
      Pattern.compile("(?:.*: )?(?:line \\d+: |\\d+: )?([^:]+): (?:command )?not found");
  private static final Pattern NO_PERMISSION = Pattern.compile(".*: ([^:]+): Permission denied");
  private static final Map<Integer, String> SIGNAL_NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL, an illegal instruction"),
          Map.entry(6, "SIGABRT, it aborted itself"),
          Map.entry(7, "SIGBUS, a bad memory access"),
          Map.entry(8, "SIGFPE, an arithmetic error"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV, a bad memory access"),
          Map.entry(13, "SIGPIPE, nobody read what it wrote"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU, its limit of processor time"),
          Map.entry(25, "SIGXFSZ, its limit of file size"));

  private final ExitRecord exit;
  private final Path log;
  private final Optional<Duration> timeout;

  FailureWords(ExitRecord exit, Path log, Optional<Duration> timeout) {
    this.exit = exit;
    this.log = log;
    this.timeout = timeout;
  }

  /** What became of an attempt that did not succeed. */
  Outcome outcome() {
    return switch (exit.cause()) {
      case STOPPED -> new Outcome.Stopped(code());
      case TIMEOUT -> failed(Cause.TIMEOUT, timeoutWords());
      case MEMORY -> failed(Cause.OUT_OF_MEMORY, memoryWords());
      case CANNOT_START -> failed(Cause.CANNOT_START, cannotStartWords());
      case EXITED -> failed(Cause.EXIT, cut(exitWords()) + FullDisk.words(log).orElse(""));
    };
  }

  private Outcome failed(Cause cause, String reason) {
    return new Outcome.Failed(cause, code(), reason);
  }

  private OptionalInt code() {
    if (exit.exitCode() >= 0) {
      return OptionalInt.of(exit.exitCode());
    }
    return exit.signal() > 0 ? OptionalInt.of(SIGNALS + exit.signal()) : OptionalInt.empty();
  }

  private String timeoutWords() {
    return timeout.isPresent()
        ? "ran longer than its timeout of " + DurationText.print(timeout.get())
        : "ran longer than its timeout";
  }

  private String memoryWords() {
    var held = "was killed for memory: it held " + Sizes.bytes(exit.peakMemoryBytes());
    return exit.memoryLimitBytes() > 0
        ? held + ", limit " + Sizes.bytes(exit.memoryLimitBytes())
        : held + ", and the machine had no more";
  }

  private String cannotStartWords() {
    var words = exit.words().replaceFirst("^cannot start: ", "");
    return words.isEmpty() ? "could not be started" : words;
  }

  private String exitWords() {
    if (exit.signal() > 0) {
      return "was ended by signal " + signal(exit.signal());
    }
    var said = said(LogTail.lines(log, LINES));
    int code = exit.exitCode();
    if (said.isPresent()) {
      return said.get() + " (exit status " + code + ")";
    }
    return code > SIGNALS && SIGNAL_NAMES.containsKey(code - SIGNALS)
        ? "exit status "
            + code
            + ": as a shell says that a process was ended by "
            + signal(code - SIGNALS)
        : "exit status " + code;
  }

  private static String signal(int number) {
    return SIGNAL_NAMES.getOrDefault(number, "number " + number);
  }

  private Optional<String> said(List<String> lines) {
    for (var line : lines.reversed()) {
      var words = said(line);
      if (words.isPresent()) {
        return words;
      }
    }
    return Optional.empty();
  }

  private Optional<String> said(String line) {
    var module = first(NO_MODULE, line).or(() -> first(NO_MODULE_MAIN, line));
    if (module.isPresent()) {
      return module.map(
          name -> MissingModule.words(name) + ", or install it where you typed the command");
    }
    return switch (exit.exitCode()) {
      case NOT_FOUND -> first(NO_COMMAND, line).map(FailureWords::noCommand);
      case NOT_EXECUTABLE ->
          first(NO_PERMISSION, line)
              .map(name -> "no permission to run `" + name + "`" + wayOut(name));
      default -> first(EXCEPTION, line);
    };
  }

  private static String noCommand(String name) {
    return "command not found: `" + name + "`" + wayOut(name);
  }

  private static String wayOut(String command) {
    if (command.endsWith(".py")) {
      return ": a Python file is run with `python " + command + "`";
    }
    return command.equals("python") ? ": many machines have it as `python3`" : "";
  }

  private static Optional<String> first(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  private static String cut(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
  }
}
