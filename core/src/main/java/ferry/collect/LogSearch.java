package ferry.collect;

import ferry.run.AttemptId;
import ferry.tracking.Logs;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for a line in what an attempt printed. */
final class LogSearch {
  private static final int PIECE = 1 << 20;

  private final List<Pattern> patterns;
  private Optional<String> found = Optional.empty();

  /** A search for lines in which one of these expressions finds something. */
  LogSearch(List<String> regexes) {
    patterns = regexes.stream().map(Pattern::compile).toList();
  }

  /** The first such line. */
  Optional<String> in(Logs logs, AttemptId attempt) {
    var lines = new LogLines();
    long next = 0;
    for (var part = logs.read(attempt, next, PIECE);
        found.isEmpty() && !part.isEmpty();
        part = logs.read(attempt, next, PIECE)) {
      lines.take(part.bytes(), this::look);
      next = part.next();
    }
    lines.end(this::look);
    return found;
  }

  private void look(String line) {
    if (found.isEmpty() && patterns.stream().anyMatch(pattern -> finds(pattern, line))) {
      found = Optional.of(line.strip());
    }
  }

  private static boolean finds(Pattern pattern, String line) {
    try {
      return pattern.matcher(new PatientText(line)).find();
    } catch (PatientText.TooMuch _) {
      return false; // an expression that tries too many ways: the line is left aside
    }
  }
}
