package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.Table;
import ferry.cli.terminal.Table.Cell;
import ferry.cli.terminal.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the trials of an experiment. */
final class TrialsCommand implements Command {
  private static final int PAGE = 1000;
  private static final List<String> SORTS = List.of("number", "metric", "length", "state");

  @Override
  public CommandSpec spec() {
    return Options.asking("trials", "Lists the trials of an experiment.")
        .addPositional(
            Options.words("[EXPERIMENT]", "The experiment; the latest where none is named."))
        .addOption(
            Options.value("KEY", "Sort by metric (best first), length, state or number.", "--sort"))
        .addOption(Options.value("NUMBER", "Only the first so many.", "--top"))
        .addOption(Options.output("json or csv"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var format = given.format("json", "csv");
    var sort = given.value("--sort").orElse(given.value("--top").isPresent() ? "metric" : "number");
    if (!SORTS.contains(sort)) {
      throw Failure.usage("`--sort` is `" + sort + "`; expected " + String.join(", ", SORTS))
          .thrown();
    }
    var path = "/experiments/" + Client.encode(given.word(0, 1).orElse("latest"));
    var experiment = session.client().get(path);
    int top = (int) given.number("--top", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    var shown = top <= PAGE ? first(path, sort, top, session) : sorted(path, sort, top, session);
    switch (format.orElse("")) {
      case "json" -> session.printJson(new Json(shown));
      case "csv" -> csv(shown, session);
      default -> print(shown, experiment, session);
    }
    return 0;
  }

  private static List<Json> first(String path, String sort, int top, Session session) {
    return session.client().get(path + "/trials?sort=" + sort + "&limit=" + top).list("trials");
  }

  private static List<Json> sorted(String path, String sort, int top, Session session) {
    var trials = all(path, session);
    var goal = sort.equals("metric") ? session.client().get(path).text("goal") : "";
    sort(trials, sort, goal);
    return trials.subList(0, Math.min(top, trials.size()));
  }

  /** All trials of the experiment at a path, by number. */
  static List<Json> all(String path, Session session) {
    var trials = new ArrayList<Json>();
    var after = "";
    do {
      var page = session.client().get(path + "/trials?limit=" + PAGE + after);
      trials.addAll(page.list("trials"));
      after = page.text("next").isEmpty() ? "" : "&after=" + page.text("next");
    } while (!after.isEmpty());
    return trials;
  }

  private static void sort(List<Json> trials, String key, String goal) {
    switch (key) {
      case "metric" -> {
        double sign = goal.equals("maximize") ? -1 : 1;
        trials.sort(Comparator.comparingDouble(trial -> worth(trial, sign)));
      }
      case "length" -> {
        trials.sort(Comparator.comparingDouble(trial -> trial.decimal("length").orElse(0)));
        Collections.reverse(trials);
      }
      case "state" -> trials.sort(Comparator.comparing(trial -> trial.text("state")));
      default -> {} // they come by number
    }
  }

  private static double worth(Json trial, double sign) {
    if (trial.text("metric").isEmpty()) {
      return Double.NaN;
    }
    double metric = trial.decimal("metric").orElse(Double.NaN);
    return Double.isFinite(metric) ? sign * metric : Double.POSITIVE_INFINITY;
  }

  private static void print(List<Json> trials, Json experiment, Session session) {
    if (trials.isEmpty()) {
      session.err().println("no trial yet");
      return;
    }
    var metric = experiment.text("metric").toUpperCase(java.util.Locale.ROOT);
    var table = new Table(">TRIAL", "STATE", ">" + metric, ">LENGTH", ">TOOK", "PARAMETERS", "");
    long now = session.shell().now();
    for (var trial : trials) {
      var created = IsoTime.millis(trial.text("created"));
      var ended = IsoTime.millis(trial.text("ended"));
      table.row(
          Cell.of(trial.text("number")),
          Cell.state(trial.text("state")),
          Cell.of(ExperimentWords.metric(trial)),
          Cell.of(ExperimentWords.number(trial.text("length"))),
          Cell.of(created.isEmpty() ? "" : Words.duration(ended.orElse(now) - created.getAsLong())),
          Cell.of(ExperimentWords.params(trial)),
          new Cell(trial.text("reason"), Colour.DIM));
    }
    table.print(session.out(), session.shell().columns());
  }

  private static void csv(List<Json> trials, Session session) {
    var names = new LinkedHashSet<String>();
    trials.forEach(trial -> names.addAll(trial.get("params").entries().keySet()));
    var head = new ArrayList<>(List.of("number", "state", "metric", "length"));
    head.addAll(names);
    session.out().println(row(head));
    for (var trial : trials) {
      var cells = new ArrayList<String>();
      List.of("number", "state", "metric", "length").forEach(key -> cells.add(trial.text(key)));
      names.forEach(name -> cells.add(trial.get("params").text(name)));
      session.out().println(row(cells));
    }
  }

  /** As RFC 4180 writes it. */
  private static String row(List<String> cells) {
    var row = new ArrayList<String>();
    for (var cell : cells) {
      boolean plain = cell.matches("[^\",\r\n]*");
      row.add(plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"");
    }
    return String.join(",", row);
  }
}
