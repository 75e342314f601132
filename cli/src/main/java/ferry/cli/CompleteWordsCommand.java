package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.LocalConnector;
import ferry.cli.terminal.SafeText;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Lists ids for the shell to complete. It never starts a server: pressing a key must be quick. */
final class CompleteWordsCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command("complete-words", "Lists ids for the shell to complete.")
        .addPositional(Options.words("runs|steps [RUN]", "What to list."));
  }

  @Override
  public int run(Invocation given, Session session) {
    var server = LocalConnector.running(session.shell().home());
    if (server.isEmpty()) {
      return 0;
    }
    var client = new Client(server::get);
    if (given.word(0, 2).orElse("runs").equals("steps")) {
      var run = client.get(Session.runPath(given.word(1, 2).or(Optional::empty)));
      run.list("steps").forEach(step -> session.out().println(SafeText.line(step.text("name"))));
    } else {
      client
          .get("/runs?limit=50")
          .list("runs")
          .forEach(run -> session.out().println(SafeText.line(run.text("id"))));
    }
    return 0;
  }
}
