package ferry.cli.live;

import ferry.cli.client.Json;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;

/**
 * How a run ended: one sentence, and for what failed the cause, its last lines, and how to go on.
 */
public final class FailureReport {
  private static final int MOST_STEPS = 5;
  private static final int MOST_LINES = 10;

  private FailureReport() {}

  /** Prints the summary of a run that has ended. */
  public static void print(Json run, Output err) {
    var failed =
        run.list("steps").stream().filter(step -> step.text("state").equals("failed")).toList();
    for (var step : failed.subList(0, Math.min(MOST_STEPS, failed.size()))) {
      printStep(step, err);
    }
    if (failed.size() > MOST_STEPS) {
      err.println("… and " + Words.count(failed.size() - MOST_STEPS, "more failed step"));
    }
    err.println(sentence(run, err));
    var id = SafeText.line(run.text("id"));
    if (!run.text("state").equals("succeeded")) {
      if (!failed.isEmpty()) {
        err.println("  ferry logs " + id + " " + quoted(failed.getFirst().text("name")));
      }
      err.println("  ferry retry " + id);
    }
  }

  /** A failed step: its cause and the last lines it wrote. */
  public static void printStep(Json step, Output err) {
    var reason = SafeText.line(step.text("reason"));
    var name = SafeText.line(step.text("name"));
    err.println(err.paint(Colour.RED, name + " failed") + (reason.isEmpty() ? "" : ": " + reason));
    var tail = step.texts("tail");
    for (var line : tail.subList(Math.max(0, tail.size() - MOST_LINES), tail.size())) {
      err.println("  | " + SafeText.logLine(lastState(line), err.hasColour()));
    }
  }

  /** Of a progress bar, what stood there at last. */
  private static String lastState(String line) {
    var lines = new LogLines();
    var whole = new StringBuilder();
    lines.take(line, whole::append);
    lines.end(whole::append);
    return whole.toString();
  }

  private static String sentence(Json run, Output err) {
    var state = SafeText.line(run.text("state"));
    var sentence = new StringBuilder(SafeText.line(run.text("id"))).append(' ');
    sentence.append(err.paint(Colour.ofState(state), state));
    var began = IsoTime.millis(run.text("submitted"));
    var ended = IsoTime.millis(run.text("ended"));
    if (began.isPresent() && ended.isPresent()) {
      sentence.append(state.equals("succeeded") ? " in " : " after ");
      sentence.append(Words.duration(ended.getAsLong() - began.getAsLong()));
    }
    return sentence.append(counts(run)).toString();
  }

  private static String counts(Json run) {
    int cached = 0;
    int succeeded = 0;
    var steps = run.list("steps");
    var others = new java.util.TreeMap<String, Integer>();
    for (var step : steps) {
      var state = SafeText.line(step.text("state"));
      cached += step.isTrue("cached") ? 1 : 0;
      succeeded += state.equals("succeeded") ? 1 : 0;
      if (!state.equals("succeeded")) {
        others.merge(state, 1, Integer::sum);
      }
    }
    var counts = new StringBuilder(" (").append(Words.count(steps.size(), "step"));
    if (!others.isEmpty()) {
      counts.append(": ").append(Words.grouped(succeeded)).append(" succeeded");
      others.forEach((state, count) ->
          counts.append(", ").append(Words.grouped(count)).append(' ').append(state));
    }
    return counts
        .append(cached > 0 ? "; " + Words.grouped(cached) + " from earlier runs)" : ")")
        .toString();
  }

  /** A step's name as a word for the shell: brackets would be a pattern. */
  static String quoted(String name) {
    var safe = SafeText.line(name);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-_.".indexOf(c) >= 0;
      if (!plain) {
        return "'" + safe.replace("'", "'\\''") + "'";
      }
    }
    return safe;
  }
}
