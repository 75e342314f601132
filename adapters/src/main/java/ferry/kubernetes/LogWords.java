package ferry.kubernetes;

import ferry.backend.MissingModule;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a failed command said last, as far as it tells why. */
public record LogWords(Path log) {
  private static final int TAIL = 16_384;
  private static final int LONGEST = 300;
  private static final int LINES = 40;
  private static final int SIGNALS = 128;

  /** With it our own script ends where the command cannot begin; shells have it for some others. */
  private static final int NOT_BEGUN = 126;

  private static final Pattern NO_MODULE = Pattern.compile(".*No module named '?([\\w.-]+)'?.*");
  private static final Pattern EXCEPTION =
      Pattern.compile("([A-Za-z_][\\w.]*(?:Error|Exception|Interrupt|Exit|Warning)\\b(?:: .*)?)");
  private static final Pattern NOT_FOUND =
      Pattern.compile("(?:.*: )?(?:line \\d+: |\\d+: )?([^:]+): (?:command )?not found");
  private static final Pattern NO_LIBRARY =
      Pattern.compile(
          ".*?(?:ImportError|OSError|error while loading shared libraries):"
              + " ([\\w.+/-]+\\.so[\\w.]*): cannot open shared object file.*");
  private static final Pattern DENIED = Pattern.compile(".*: ([^:]+): Permission denied.*");

  /** As programs say it of a file by its whole path: cat, cp, open, an Exception of Java's. */
  private static final Pattern DENIED_PATH =
      Pattern.compile(
          "(?:.*[\\s:'\"‘(])?(/[^:'\"’]+?)['\"’]?:? \\(?[Pp]ermission denied\\)?.*|"
              + ".*AccessDeniedException: (/\\S+)");

  private static final Pattern DENIED_FILE =
      Pattern.compile("PermissionError: .*Permission denied: '([^']+)'.*");
  private static final Map<Integer, String> SIGNAL_NAMES =
      Map.of(
          2, "SIGINT",
          6, "SIGABRT, it aborted itself",
          9, "SIGKILL",
          11, "SIGSEGV, a bad memory access",
          15, "SIGTERM");

  /** Why a command ended with that status, which is not 0. */
  String exit(int code) {
    var said = said(code);
    if (said.isPresent()) {
      return cut(said.get()) + " (exit status " + code + ")";
    }
    var signal = Optional.ofNullable(SIGNAL_NAMES.get(code - SIGNALS));
    return "exit status "
        + code
        + signal.map(name -> ": a process in it was ended by " + name).orElse("");
  }

  private Optional<String> said(int code) {
    for (var line : tail().reversed()) {
      var words = said(code, line.strip());
      if (words.isPresent()) {
        return words;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> said(int code, String line) {
    if (code == NOT_BEGUN && line.startsWith(StepScript.OUR_WORD)) {
      return Optional.of(line.substring(StepScript.OUR_WORD.length()));
    }
    var module = first(NO_MODULE, line);
    if (module.isPresent()) {
      return module.map(name -> MissingModule.words(name) + ", or take an image that has it");
    }
    var library = first(NO_LIBRARY, line);
    if (library.isPresent()) {
      return Optional.of(
          "the image has no library `%s`: it is no Python package, so take an image that has it"
              .formatted(library.get()));
    }
    var denied =
        first(DENIED_FILE, line)
            .or(() -> code == NOT_BEGUN ? first(DENIED, line) : Optional.empty())
            .or(() -> first(DENIED_PATH, line));
    if (denied.isPresent()) {
      return Optional.of(
          "no permission for `%s`: the step's user may not use that file".formatted(denied.get()));
    }
    return code == 127
        ? first(NOT_FOUND, line).map(name -> "command not found in the image: `" + name + "`")
        : first(EXCEPTION, line);
  }

  private static Optional<String> first(Pattern pattern, String line) {
    var match = pattern.matcher(line);
    if (!match.matches()) {
      return Optional.empty();
    }
    return IntStream.rangeClosed(1, match.groupCount())
        .mapToObj(match::group)
        .filter(Objects::nonNull)
        .map(String::strip)
        .findFirst();
  }

  private static String cut(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
  }

  private List<String> tail() {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL);
      var bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    } catch (IOException unreadable) {
      return List.of(); // the reason is then the exit status alone
    }
  }
}
