package ferry.cli;

import ferry.cli.client.CommandFailed;
import ferry.cli.client.Failure;
import ferry.cli.terminal.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Removes ended runs with their logs and artifacts. */
final class RmCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking(
            "rm", "Removes runs with their logs and artifacts. JupyterFlow spells it `delete`.")
        .addPositional(Options.words("[RUN…]", "The runs; the latest where none is named."))
        .addOption(Options.flag("Stop those that still run first.", "--force"))
        .addOption(
            Options.value(
                "TIME",
                "Instead, every run that ended longer ago than that, like 30d; but not those with a"
                    + " star, nor those that a model came from.",
                "--older-than"))
        .addOption(
            Options.value("NAME", "With --older-than: runs of this workflow.", "--workflow", "-w"))
        .addOption(Options.flag("With --older-than: only say which.", "--dry-run"));
  }

  @Override
  public int run(Invocation given, Session session) {
    if (given.value("--older-than").isPresent()) {
      return OldRuns.remove(given, session);
    }
    if (given.has("--dry-run") || given.value("--workflow").isPresent()) {
      throw Failure.usage("`--dry-run` and `--workflow` go with `--older-than TIME`").thrown();
    }
    var query = given.has("--force") ? "?force=true" : "";
    var runs = new ArrayList<String>();
    List<String> words = given.words(Integer.MAX_VALUE);
    for (var word : words.isEmpty() ? List.of("latest") : words) {
      runs.add(id(word, session));
    }
    for (var run : runs) {
      session.client().delete(Session.runPath(Optional.of(run)) + query);
      session.err().println("removed " + SafeText.line(run));
    }
    return 0;
  }

  private static String id(String word, Session session) {
    try {
      return session.client().get(Session.runPath(Optional.of(word))).text("id");
    } catch (CommandFailed e) {
      throw e.failure().exitCode() == Failure.NOT_FOUND && isSchedule(word, session)
          ? schedule(word, e.failure()).thrown()
          : e;
    }
  }

  private static boolean isSchedule(String word, Session session) {
    return session.client().get("/schedules").list("schedules").stream()
        .anyMatch(schedule -> schedule.text("name").equals(word));
  }

  /** JupyterFlow removes a schedule as it removes a run. */
  private static Failure schedule(String word, Failure failure) {
    return new Failure(
        failure.code(),
        "`" + word + "` is a schedule, not a run",
        List.of("`ferry schedules rm " + word + "` removes it"),
        failure.exitCode(),
        Optional.empty());
  }
}
