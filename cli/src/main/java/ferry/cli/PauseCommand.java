package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.terminal.SafeText;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Pauses an experiment, or lets it go on. */
final class PauseCommand implements Command {
  private final boolean pauses;

  PauseCommand(boolean pauses) {
    this.pauses = pauses;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        pauses
            ? Options.asking(
                "pause", "Pauses an experiment: trials that run go on, and none starts.")
            : Options.asking("continue", "Lets a paused experiment go on.");
    return spec.addPositional(
        Options.words("[EXPERIMENT]", "The experiment; the latest where none is named."));
  }

  @Override
  public int run(Invocation given, Session session) {
    var path = "/experiments/" + Client.encode(given.word(0, 1).orElse("latest"));
    var answer = session.client().post(path + (pauses ? "/pause" : "/continue"), Map.of());
    var id = SafeText.line(answer.text("id"));
    session.err().println(id + " is " + SafeText.line(answer.text("state")));
    return 0;
  }
}
