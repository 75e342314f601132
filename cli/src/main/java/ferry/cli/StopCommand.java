package ferry.cli;

import ferry.cli.terminal.SafeText;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Stops a run with all processes of its steps. */
final class StopCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking(
            "stop",
            "Stops a run: its processes are asked to end, then made to. Steps of `finally` still"
                + " run; stopped a second time, they end too.")
        .addPositional(Options.words("[RUN]", "The run; the latest where none is named."))
        .addOption(Options.value("TEXT", "Why, for whoever looks later.", "--reason"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var word = given.word(0, 1);
    var experiment = session.experiment(word);
    var path =
        experiment.isPresent()
            ? "/experiments/" + ferry.cli.client.Client.encode(word.get())
            : session.pathOf(word);
    var reason = given.value("--reason").orElse("");
    var run = session.client().post(path + "/stop", Map.of("reason", reason));
    var id = SafeText.line(run.text("id"));
    boolean ended = !run.text("ended").isEmpty();
    session
        .err()
        .println(ended ? id + " has ended: " + SafeText.line(run.text("state")) : "stopping " + id);
    return 0;
  }
}
