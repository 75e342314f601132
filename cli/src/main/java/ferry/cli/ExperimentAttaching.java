package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Json;
import ferry.cli.live.ExperimentAttachment;
import ferry.cli.live.LogCopy;
import ferry.cli.terminal.SafeText;
import ferry.error.UserException;

/** Follows an experiment to its end. */
final class ExperimentAttaching {
  private ExperimentAttaching() {}

  static int to(String experiment, Session session) {
    var shell = session.shell();
    session.err().flush();
    var ended =
        new ExperimentAttachment(
                session.client(),
                shell.err(),
                shell::size,
                shell::now,
                status -> {
                  session.close();
                  Runtime.getRuntime().halt(status);
                })
            .follow(experiment);
    ExperimentWords.outcome(ended, session.out());
    if (ended.get("best").isObject()) {
      var path = "/experiments/" + Client.encode(ended.text("id")) + "/importance";
      ExperimentWords.importance(session.client().get(path), session.out());
    }
    if (ExperimentWords.isFailure(ended)) {
      failure(ended, session);
    }
    return ended.text("state").equals("succeeded") ? 0 : 1;
  }

  /** Why the first trial failed, and the last line of its log. */
  private static void failure(Json experiment, Session session) {
    var id = SafeText.line(experiment.text("id"));
    var path = "/experiments/" + Client.encode(experiment.text("id"));
    var out = session.out();
    for (var trial : session.client().get(path + "/trials?limit=1").list("trials")) {
      out.println(
          "trial "
              + SafeText.line(trial.text("number"))
              + " "
              + SafeText.line(trial.text("reason")));
      lastLine(trial.text("run"), session);
      out.println("see     ferry logs " + id + "/" + SafeText.line(trial.text("number")));
    }
  }

  private static void lastLine(String run, Session session) {
    var path = "/runs/" + Client.encode(run);
    try {
      for (var step : session.client().get(path).list("steps")) {
        if (step.text("state").equals("failed") && !step.list("attempts").isEmpty()) {
          var log = path + "/steps/" + Client.encode(step.text("name")) + "/log";
          new LogCopy(session.out(), "last    ").of(session.client(), log, "?tail=1");
        }
      }
    } catch (UserException _) {
      // a trial that could not be started has no run, and its reason says why
    }
  }
}
