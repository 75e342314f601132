package ferry.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Shows one run: what it was made from, its steps and attempts, and why it is as it is. */
final class ShowCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking("show", "Shows a run: its command, code, steps, attempts, and reasons.")
        .addPositional(
            Options.words(
                "[RUN]", "The run's id or the beginning of it; the latest where none is named."))
        .addOption(Options.output("json"));
  }

  @Override
  public int run(Invocation given, Session session) {
    Optional<String> id = given.word(0, 1);
    var format = given.format("json");
    var run = session.client().get(Session.runPath(id));
    if (format.isPresent()) {
      session.printJson(run);
    } else {
      new RunPage(run, session.shell()).print();
    }
    return 0;
  }
}
