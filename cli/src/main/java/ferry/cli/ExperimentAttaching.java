package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.live.ExperimentAttachment;

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
    return ended.text("state").equals("succeeded") ? 0 : 1;
  }
}
