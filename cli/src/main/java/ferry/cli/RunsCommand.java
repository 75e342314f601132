package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Json;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.Table;
import ferry.cli.terminal.Table.Cell;
import ferry.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;

/** Lists runs, newest first. */
final class RunsCommand implements Command {
  private static final int MOST_AT_ONCE = 500;

  @Override
  public CommandSpec spec() {
    return Options.asking("runs", "Lists runs, newest first.")
        .addOption(
            Options.values(
                "STATE",
                "Only waiting, running, succeeded, failed or stopped ones; may be repeated.",
                "--state",
                "-s"))
        .addOption(Options.value("NAME", "Only runs of this workflow.", "--workflow", "-w"))
        .addOption(Options.flag("Trials of experiments too.", "--trials"))
        .addOption(Options.flag("Only runs with a star.", "--starred"))
        .addOption(Options.value("NUMBER", "At most so many (20).", "--limit", "-n"))
        .addOption(Options.output("json"));
  }

  @Override
  public int run(Invocation given, Session session) {
    given.words(0);
    var format = given.format("json");
    long limit = given.number("--limit", 1, 1_000_000, 20);
    var runs = new ArrayList<Json>();
    boolean more = fetch(query(given), limit, runs, session);
    if (format.isPresent()) {
      session.printJson(new Json(runs));
      return 0;
    }
    if (runs.isEmpty()) {
      session.err().println(none(given, session));
      return 0;
    }
    print(runs, session);
    if (more) {
      session.err().println("there are more: `ferry runs --limit " + 2 * limit + "`");
    }
    return 0;
  }

  private static String none(Invocation given, Session session) {
    boolean some = given.values("--state").isEmpty() && given.value("--workflow").isEmpty();
    if (!some || given.has("--starred")) {
      return "no such runs: `ferry runs` lists all";
    }
    if (session.client().get("/experiments?limit=1").list("experiments").isEmpty()) {
      return "no runs yet: `ferry run \"echo hello\"` makes one";
    }
    return "no runs yet but trials of experiments: `ferry experiments` and `ferry trials` list"
        + " them, `ferry runs --trials` as runs";
  }

  private static String query(Invocation given) {
    var query = new StringBuilder(given.has("--trials") ? "" : "&trials=false");
    var states = given.values("--state");
    if (!states.isEmpty()) {
      query.append("&state=").append(Client.encode(String.join(",", states)));
    }
    given
        .value("--workflow")
        .ifPresent(name -> query.append("&workflow=").append(Client.encode(name)));
    if (given.has("--starred")) {
      query.append("&starred=true");
    }
    return query.toString();
  }

  /** Gets page after page; true where more are left. */
  private static boolean fetch(String query, long limit, List<Json> runs, Session session) {
    var after = "";
    while (runs.size() < limit) {
      long page = Math.min(MOST_AT_ONCE, limit - runs.size());
      var answer = session.client().get("/runs?limit=" + page + query + after);
      var some = answer.list("runs");
      runs.addAll(some);
      var next = answer.text("next");
      if (next.isEmpty() || some.isEmpty()) {
        return false;
      }
      after = "&after=" + Client.encode(next);
    }
    return !after.isEmpty();
  }

  private static void print(List<Json> runs, Session session) {
    var table = new Table("RUN", "STATE", ">STEPS", "SUBMITTED", ">TOOK", "COMMAND");
    long now = session.shell().now();
    for (var run : runs) {
      var submitted = IsoTime.millis(run.text("submitted"));
      table.row(
          Cell.of(run.text("id")),
          Cell.state(run.text("state")),
          Cell.of(run.number("done").orElse(0) + "/" + run.number("steps").orElse(0)),
          Cell.of(submitted.isEmpty() ? "" : Words.relative(submitted.getAsLong(), now)),
          Cell.of(took(submitted, IsoTime.millis(run.text("ended")), now)),
          new Cell(run.text("command"), Colour.DIM));
    }
    table.print(session.out(), session.shell().columns());
  }

  private static String took(OptionalLong submitted, OptionalLong ended, long now) {
    return submitted.isEmpty() ? "" : Words.duration(ended.orElse(now) - submitted.getAsLong());
  }
}
