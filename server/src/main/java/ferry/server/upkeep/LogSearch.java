package ferry.server.upkeep;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.Logs;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a text in the logs of many runs, the newest first. It reads so many bytes and takes so
 * long at most, and says when it did not come to the end.
 */
final class LogSearch {
  private static final int PAGE = 100;
  private static final int PIECE = 1 << 18;
  private static final int LONGEST_LINE = 2000;
  private static final long MOST_BYTES = 2L << 30;

  private final RunCatalog catalog;
  private final Logs logs;
  private final Wanted wanted;
  private final long deadline;
  private final List<Match> matches = new ArrayList<>();
  private long bytes;
  private int runs;
  private boolean isComplete = true;

  /**
   * What is looked for.
   *
   * @param run in this one alone
   * @param workflow in runs of this one alone
   */
  record Wanted(
      String text, boolean ignoreCase, Optional<RunId> run, Optional<String> workflow, int limit) {}

  /**
   * A line with the text in it.
   *
   * @param line from 1
   * @param from the byte at which the line begins
   */
  record Match(RunId run, String step, int attempt, long line, long from, String text) {}

  LogSearch(RunCatalog catalog, Logs logs, Wanted wanted, long deadline) {
    this.catalog = catalog;
    this.logs = logs;
    this.wanted = wanted;
    this.deadline = deadline;
  }

  List<Match> matches() {
    return matches;
  }

  boolean isComplete() {
    return isComplete;
  }

  long bytes() {
    return bytes;
  }

  int runs() {
    return runs;
  }

  LogSearch search() {
    if (wanted.run.isPresent()) {
      catalog.find(wanted.run.get()).ifPresent(this::search);
      return this;
    }
    Optional<RunId> after = Optional.empty();
    while (isComplete) {
      var page = catalog.list(new RunCatalog.Query(Set.of(), wanted.workflow, after, PAGE));
      for (var run : page) {
        if (isComplete) {
          catalog.find(run.id()).ifPresent(this::search);
        }
      }
      if (page.size() < PAGE) {
        break;
      }
      after = Optional.of(page.getLast().id());
    }
    return this;
  }

  private void search(RunRecord run) {
    runs++;
    for (var step : run.steps()) {
      for (var attempt : step.attempts()) {
        search(new AttemptId(run.summary().id(), step.name(), attempt.number()));
      }
    }
  }

  private void search(AttemptId attempt) {
    var needle = folded(wanted.text);
    long at = 0;
    long line = 1;
    while (goesOn()) {
      var part = logs.read(attempt, at, PIECE);
      if (part.isEmpty()) {
        return;
      }
      int end = endOfLines(part.bytes());
      bytes += end;
      line = search(attempt, part.bytes(), end, needle, at, line);
      at += end;
    }
  }

  private boolean goesOn() {
    isComplete =
        isComplete
            && matches.size() < wanted.limit
            && bytes < MOST_BYTES
            && System.nanoTime() < deadline;
    return isComplete;
  }

  /** Behind the last whole line; all of it where no line ends, and in the last piece. */
  private static int endOfLines(byte[] piece) {
    for (int i = piece.length; piece.length == PIECE && i > 0; i--) {
      if (piece[i - 1] == '\n') {
        return i;
      }
    }
    return piece.length;
  }

  /** The number of the line after the piece. */
  private long search(
      AttemptId attempt, byte[] piece, int end, String needle, long from, long firstLine) {
    // ISO 8859-1 keeps every byte as one character, so that places are places of bytes.
    var text = new String(piece, 0, end, StandardCharsets.ISO_8859_1);
    var folded = wanted.ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    long line = firstLine;
    int counted = 0;
    int found = folded.indexOf(needle);
    while (found >= 0 && matches.size() < wanted.limit) {
      int begin = text.lastIndexOf('\n', found) + 1;
      int stop = text.indexOf('\n', found);
      stop = stop < 0 ? end : stop;
      line += newlines(piece, counted, begin);
      counted = begin;
      var shown =
          new String(piece, begin, Math.min(stop - begin, LONGEST_LINE), StandardCharsets.UTF_8);
      matches.add(
          new Match(attempt.run(), attempt.stepRun(), attempt.number(), line, from + begin, shown));
      found = stop >= end ? -1 : folded.indexOf(needle, stop);
    }
    return line + newlines(piece, counted, end);
  }

  private static long newlines(byte[] piece, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      count += piece[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private String folded(String text) {
    var bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return wanted.ignoreCase ? bytes.toLowerCase(Locale.ROOT) : bytes;
  }
}
