package ferry.cli;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Lets a run go on from what did not succeed. */
final class RetryCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking(
            "retry", "Goes on from what failed or was stopped; finished steps are kept.")
        .addPositional(Options.words("[RUN]", "The run; the latest where none is named."))
        .addOption(Options.flag("Print the run's id and leave it running.", "--detach", "-d"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var path = Session.runPath(given.word(0, 1));
    long before = session.shell().now();
    var run = session.client().post(path + "/retry", Map.of());
    return given.has("--detach")
        ? Attaching.unlessDetached(run, given, session)
        : Attaching.to(run.text("id"), "logs=true&tail=0&since=" + before, session);
  }
}
