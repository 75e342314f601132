package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.CommandFailed;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.terminal.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** Shows one run: what it was made from, its steps and attempts, and why it is as it is. */
final class ShowCommand implements Command {
  /** What a server names the runs that scripts open. */
  private static final Pattern OPENED = Pattern.compile("[0-9a-f]{32}");

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
    var run = found(id.orElse(""), isTrial ? path : path + "?any=true", session);
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

  /** The run or experiment; a run that a script opened by itself is pointed to. */
  private static Json found(String word, String path, Session session) {
    try {
      return session.client().get(path);
    } catch (CommandFailed failed) {
      boolean isMissing = failed.failure().exitCode() == Failure.NOT_FOUND;
      throw isMissing && OPENED.matcher(word).matches() ? tracked(word, failed, session) : failed;
    }
  }

  private static CommandFailed tracked(String word, CommandFailed failed, Session session) {
    try {
      var run = session.client().get("/tracked/" + Client.encode(word));
      return new Failure(
              failed.failure().code(),
              SafeText.line(
                  "`%s` is a tracked run, `%s` (%s), which Ferry did not start itself"
                      .formatted(word, run.text("name"), run.text("state"))),
              List.of("`ferry ui` opens the page, which has it under Tracked and at #/run/" + word),
              Failure.NOT_FOUND,
              Optional.empty())
          .thrown();
    } catch (CommandFailed unknown) {
      return failed; // nothing is named so, as the first answer says
    }
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
