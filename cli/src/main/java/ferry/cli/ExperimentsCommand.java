package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Json;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Table;
import ferry.cli.terminal.Table.Cell;
import ferry.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Lists experiments, newest first. */
final class ExperimentsCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking("experiments", "Lists experiments, newest first.")
        .addOption(Options.value("NUMBER", "At most so many (20).", "--limit", "-n"))
        .addOption(Options.value("LABEL", "Only those with this label.", "--label"))
        .addOption(Options.output("json"));
  }

  @Override
  public int run(Invocation given, Session session) {
    given.words(0);
    var format = given.format("json");
    long limit = given.number("--limit", 1, 1000, 20);
    var label = given.value("--label");
    var only = label.map(text -> "&label=" + Client.encode(text)).orElse("");
    var all = session.client().get("/experiments?limit=" + limit + only).list("experiments");
    if (format.isPresent()) {
      session.printJson(new Json(all));
      return 0;
    }
    if (all.isEmpty() && label.isPresent()) {
      session.err().println("no experiment has the label `" + SafeText.line(label.get()) + "`");
      return 0;
    }
    if (all.isEmpty()) {
      session
          .err()
          .println(
              "no experiments yet: `ferry search \"python train.py --lr {lr}\" --param"
                  + " lr=log:1e-4..1e-1 --metric accuracy --maximize` makes one");
      return 0;
    }
    print(all, session);
    return 0;
  }

  private static void print(List<Json> all, Session session) {
    boolean labelled = all.stream().anyMatch(one -> !one.texts("labels").isEmpty());
    var heads =
        new ArrayList<>(
            List.of("EXPERIMENT", "STATE", "METHOD", ">TRIALS", "METRIC", ">BEST", "SUBMITTED"));
    if (labelled) {
      heads.add("LABELS");
    }
    var table = new Table(heads.toArray(String[]::new));
    long now = session.shell().now();
    for (var one : all) {
      var submitted = IsoTime.millis(one.text("submitted"));
      var cells =
          List.of(
              Cell.of(one.text("id")),
              Cell.state(one.text("state")),
              Cell.of(one.text("method")),
              Cell.of(Long.toString(trials(one))),
              Cell.of(one.text("metric")),
              Cell.of(ExperimentWords.metric(one.get("best"))),
              Cell.of(submitted.isEmpty() ? "" : Words.relative(submitted.getAsLong(), now)));
      var row = new ArrayList<>(cells);
      if (labelled) {
        row.add(Cell.of(String.join(", ", one.texts("labels"))));
      }
      table.row(row.toArray(Cell[]::new));
    }
    table.print(session.out(), session.shell().columns());
  }

  private static long trials(Json experiment) {
    long sum = 0;
    for (var count : experiment.get("trials").entries().values()) {
      sum += Long.parseLong(count.text());
    }
    return sum;
  }
}
