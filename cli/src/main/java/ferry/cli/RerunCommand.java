package ferry.cli;

import java.util.LinkedHashMap;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the same thing again, as a new run. */
final class RerunCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking(
            "rerun", "Runs the same again as a new run: same command, code and environment.")
        .addPositional(Options.words("[RUN]", "The run to repeat; the latest where none is named."))
        .addOption(
            Options.values("NAME=VALUE", "Set a parameter anew; may be repeated.", "--param", "-p"))
        .addOption(Options.flag("Print the new run's id and leave it running.", "--detach", "-d"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var path = session.pathOf(given.word(0, 1));
    var body = new LinkedHashMap<String, Object>();
    body.put("params", Submission.params(given.values("--param")));
    var answer = Submission.submit(session, path + "/rerun", body);
    session.printWarnings(answer);
    return Attaching.unlessDetached(answer, given, session);
  }
}
