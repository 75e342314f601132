package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Json;
import ferry.cli.terminal.Table;
import ferry.cli.terminal.Table.Cell;
import picocli.CommandLine.Model.CommandSpec;

/** Shows what differs between two runs. */
final class DiffCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking(
            "diff",
            "Shows what differs between two runs: command, parameters, code, environment, outcome.")
        .addPositional(
            Options.words(
                "[RUN [RUN]]",
                "The runs; the latest where none is named, and the one of its workflow before it."))
        .addOption(Options.output("json"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var format = given.format("json");
    var path = new StringBuilder(Session.runPath(given.word(0, 2))).append("/diff");
    given.word(1, 2).ifPresent(other -> path.append("?with=").append(Client.encode(other)));
    var diff = session.client().get(path.toString());
    if (format.isPresent()) {
      session.printJson(diff);
      return 0;
    }
    print(diff, session);
    return 0;
  }

  private static void print(Json diff, Session session) {
    var differences = diff.list("differences");
    if (differences.isEmpty()) {
      session.err().println("nothing differs");
      return;
    }
    var table = new Table("WHAT", diff.text("left"), diff.text("right"));
    for (var one : differences) {
      var name = one.text("name");
      table.row(
          Cell.of(one.text("what") + (name.isEmpty() ? "" : " " + name)),
          Cell.of(side(one, "left")),
          Cell.of(side(one, "right")));
    }
    table.print(session.out(), session.shell().columns());
  }

  private static String side(Json one, String side) {
    return one.get(side).value() == null ? "–" : one.text(side);
  }
}
