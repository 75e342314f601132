package ferry.cli.live;

import ferry.cli.client.Json;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.Rounded;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;

/** What a search looks like at a moment. */
public record ExperimentFrame(Output colours, long now, int rows) {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final int BAR = 24;
  private static final List<String> STATES =
      List.of("waiting", "running", "paused", "succeeded", "stopped", "failed", "invalid");

  List<String> of(Json experiment) {
    var lines = new ArrayList<String>();
    lines.add(title(experiment));
    lines.add("  trials  " + bar(experiment) + "  " + counts(experiment));
    if (experiment.get("best").isObject()) {
      lines.add("  best    " + best(experiment));
    }
    var spark = spark(experiment.list("spark"));
    if (!spark.isEmpty()) {
      lines.add("          " + colours.paint(Colour.CYAN, spark));
    }
    lines.add("  time    " + time(experiment));
    var reason = SafeText.line(experiment.text("reason"));
    if (!reason.isEmpty()) {
      lines.add("  " + colours.paint(Colour.YELLOW, reason));
    }
    for (var note : experiment.list("notes")) {
      lines.add("  " + colours.paint(Colour.YELLOW, SafeText.line(note.text())));
    }
    for (var trial : experiment.list("running")) {
      if (lines.size() >= Math.max(6, rows - 2)) {
        break;
      }
      lines.add(colours.paint(Colour.DIM, "  " + running(trial)));
    }
    return lines;
  }

  static String title(Json experiment) {
    var form = experiment.text("collector");
    return SafeText.line(
        experiment.text("id")
            + "  "
            + experiment.text("state")
            + "  "
            + experiment.text("goal")
            + " "
            + experiment.text("metric")
            + (form.isEmpty() ? "" : " (" + form + ")")
            + "  "
            + experiment.text("method"));
  }

  private static String bar(Json experiment) {
    int full = (int) Math.round(experiment.decimal("progress").orElse(0) * BAR);
    return "█".repeat(full) + "░".repeat(Math.max(0, BAR - full));
  }

  public static String counts(Json experiment) {
    var counts = experiment.get("trials");
    var words = new ArrayList<String>();
    for (var state : STATES) {
      counts.number(state).ifPresent(count -> words.add(count + " " + state));
    }
    return String.join(", ", words) + " of " + experiment.text("planned");
  }

  public static String best(Json experiment) {
    var best = experiment.get("best");
    return SafeText.line(
        experiment.text("metric")
            + " = "
            + Rounded.of(best.text("metric"))
            + "  trial "
            + best.text("number")
            + "  "
            + params(best));
  }

  private static String running(Json trial) {
    var metric = trial.text("metric");
    var told = metric.isEmpty() ? "" : "  " + Rounded.of(metric) + " at " + trial.text("length");
    return SafeText.line("trial " + trial.text("number") + told + "  " + params(trial));
  }

  private static String params(Json trial) {
    var words = new ArrayList<String>();
    trial
        .get("params")
        .entries()
        .forEach((name, value) -> words.add(name + "=" + Rounded.of(value.text())));
    return String.join(" ", words);
  }

  private String time(Json experiment) {
    var submitted = IsoTime.millis(experiment.text("submitted"));
    if (submitted.isEmpty()) {
      return "";
    }
    long spent = now - submitted.getAsLong();
    double progress = experiment.decimal("progress").orElse(0);
    long left = progress > 0.01 ? (long) (spent / progress - spent) : 0;
    return Words.duration(spent) + (left > 0 ? ", about " + Words.duration(left) + " left" : "");
  }

  private static String spark(List<Json> points) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (var point : points) {
      double value = Double.parseDouble(point.text());
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    var line = new StringBuilder();
    for (var point : points) {
      double height =
          most > least ? (Double.parseDouble(point.text()) - least) / (most - least) : 0;
      line.append(BLOCKS.charAt((int) Math.round(height * (BLOCKS.length() - 1))));
    }
    return line.toString();
  }
}
