package ferry.cli;

import ferry.cli.client.Json;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.Rounded;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;

/** What a person is told of experiments and trials. */
final class ExperimentWords {
  private ExperimentWords() {}

  static String preview(Json part) {
    var trials = Words.count(part.number("trials").orElse(0), "trial");
    var length = part.number("length");
    return trials
        + (length.isEmpty()
            ? " trained to completion"
            : " trained for " + Words.count(length.getAsLong(), "unit"));
  }

  /** A metric as a table shows it: six digits that count. */
  static String metric(Json trial) {
    var found = trial.get("metric");
    return found.text().isEmpty() ? "" : number(found.text());
  }

  static String number(String text) {
    return Rounded.of(text);
  }

  /** {@code lr=0.01 layers=3}. */
  static String params(Json trial) {
    var words = new ArrayList<String>();
    trial.get("params").entries().forEach((name, value) -> words.add(name + "=" + value(value)));
    return SafeText.line(String.join(" ", words));
  }

  private static String value(Json value) {
    if (value.isList() || value.isObject()) {
      return ferry.cli.client.JsonText.compact(value);
    }
    return value.value() instanceof Double ? number(value.text()) : value.text();
  }

  /** All that is known of an experiment but its trials. */
  static void page(Json experiment, Session session) {
    var out = session.out();
    out.println(SafeText.line(experiment.text("id") + "  " + experiment.text("state")));
    var reason = SafeText.line(experiment.text("reason"));
    if (!reason.isEmpty()) {
      out.println("  reason     " + reason);
    }
    experiment
        .list("notes")
        .forEach(note -> out.println("  note       " + SafeText.line(note.text())));
    var labels = experiment.texts("labels");
    if (!labels.isEmpty()) {
      out.println("  labels     " + SafeText.line(String.join(", ", labels)));
    }
    out.println("  command    " + SafeText.line(experiment.text("command")));
    out.println("  directory  " + SafeText.line(experiment.text("directory")));
    out.println(
        "  search     "
            + experiment.text("goal")
            + " "
            + SafeText.line(experiment.text("metric"))
            + " by "
            + experiment.text("method")
            + ", seed "
            + experiment.text("seed"));
    var form = SafeText.line(experiment.text("collector"));
    out.println("  collector  " + (form.isEmpty() ? "the metric was not seen yet" : form));
    for (var parameter : experiment.list("space")) {
      out.println(
          "  space      "
              + SafeText.line(parameter.text("name") + " = " + parameter.text("range")));
    }
    out.println("  trials     " + ferry.cli.live.ExperimentFrame.counts(experiment));
    if (experiment.get("best").isObject()) {
      out.println("  best       " + ferry.cli.live.ExperimentFrame.best(experiment));
    }
  }

  /** What came of a search, and what to do with it. */
  static void outcome(Json experiment, Output out) {
    var id = SafeText.line(experiment.text("id"));
    var best = experiment.get("best");
    out.println(
        id + " " + experiment.text("state") + ": " + SafeText.line(experiment.text("reason")));
    experiment.list("notes").forEach(note -> out.println("note    " + SafeText.line(note.text())));
    if (!best.isObject()) {
      nothing(experiment, out);
      return;
    }
    out.println(
        "best    "
            + experiment.text("metric")
            + " = "
            + metric(best)
            + " in trial "
            + best.text("number"));
    out.println("read    by " + SafeText.line(experiment.text("collector")));
    out.println("with    " + params(best));
    boolean isTyped = !experiment.text("kind").equals("file");
    if (isTyped) {
      out.println("again   " + again(experiment, best));
    }
    out.println(
        (isTyped ? "        " : "again   ") + "ferry rerun " + id + "/" + best.text("number"));
    out.println("all     ferry trials " + id + " --sort metric");
    out.println("report  ferry report " + id);
  }

  /** How much each parameter mattered, by which method; nothing where nobody can say. */
  static void importance(Json importance, Output out) {
    var words = new ArrayList<String>();
    for (var one : importance.list("importance")) {
      words.add(one.text("name") + " " + percent(one.text("share")));
    }
    if (!words.isEmpty()) {
      out.println("matters " + SafeText.line(String.join(", ", words)));
      out.println("        by " + SafeText.line(importance.text("method")));
    }
  }

  private static String percent(String share) {
    return Math.round(100 * Double.parseDouble(share)) + " %";
  }

  /** Whether there were trials and each of them failed. */
  static boolean isFailure(Json experiment) {
    var counts = experiment.get("trials");
    return counts.number("failed").orElse(0) > 0
        && counts.number("succeeded").orElse(0) == 0
        && counts.number("stopped").orElse(0) == 0
        && experiment.text("collector").isEmpty();
  }

  private static void nothing(Json experiment, Output out) {
    if (!experiment.text("collector").isEmpty()) {
      out.println(
          "no trial came to a value of `"
              + SafeText.line(experiment.text("metric"))
              + "` that is a number: all were NaN or infinite, or of trials that failed");
      out.println("see     ferry trials " + SafeText.line(experiment.text("id")));
      return;
    }
    if (isFailure(experiment)) {
      out.println("every trial failed");
      return;
    }
    out.println("no trial told a value of `" + SafeText.line(experiment.text("searches")) + "`");
    out.println("name    --metric NAME as it is printed, or --metric-pattern REGEX");
    out.println(
        "see     ferry logs " + SafeText.line(experiment.text("id")) + "/1   what a trial printed");
  }

  private static String again(Json experiment, Json best) {
    List<String> words = new ArrayList<>();
    var command = experiment.text("command");
    words.add("ferry run \"" + command.replace("\"", "\\\"") + "\"");
    best.get("params")
        .entries()
        .forEach((name, value) -> words.add("--param " + quoted(name + "=" + value.text())));
    var length = experiment.text("lengthParameter");
    if (!length.isEmpty()) {
      words.add("--param " + quoted(length + "=" + best.number("length").orElse(1)));
    }
    return SafeText.line(String.join(" ", words));
  }

  private static String quoted(String word) {
    return word.matches("[\\w.,:/@=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
