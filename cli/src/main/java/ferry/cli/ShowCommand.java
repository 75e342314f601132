package ferry.cli;

import ferry.cli.client.Json;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Shows one run: what it was made from, its steps and attempts, and why it is as it is. */
final class ShowCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking("show", "Shows a run, an experiment, or EXPERIMENT/TRIAL.")
        .addPositional(
            Options.words(
                "[RUN]", "The run's id or the beginning of it; the latest where none is named."))
        .addOption(Options.output("json"));
  }

  @Override
  public int run(Invocation given, Session session) {
    Optional<String> id = given.word(0, 1);
    var format = given.format("json");
    boolean isTrial = id.filter(word -> word.indexOf('/') >= 0).isPresent();
    var path = session.pathOf(id);
    var run = session.client().get(isTrial ? path : path + "?any=true");
    if (!run.text("goal").isEmpty()) {
      return experiment(run, format.isPresent(), session);
    }
    if (format.isPresent()) {
      session.printJson(PromisedFields.of(run));
    } else {
      new RunPage(run, session.shell()).print();
    }
    return 0;
  }

  private static int experiment(Json experiment, boolean json, Session session) {
    if (json) {
      session.printJson(experiment);
    } else {
      ExperimentWords.page(experiment, session);
    }
    return 0;
  }
}
