package ferry.cli;

import ferry.cli.client.Json;
import ferry.cli.live.Attachment;
import ferry.cli.terminal.Output;

/** What commands that start a run do next: print its id, or follow it. */
final class Attaching {
  private Attaching() {}

  static int unlessDetached(Json answer, Invocation given, Session session) {
    var id = answer.text("id");
    if (given.has("--detach")) {
      session.out().println(ferry.cli.terminal.SafeText.line(id));
      return 0;
    }
    return to(id, session);
  }

  static int to(String run, Session session) {
    return to(run, "logs=true", session);
  }

  static int to(String run, String query, Session session) {
    return status(follow(run, query, session.out(), session));
  }

  /** Follows a run on standard error; at its end the whole of it goes to standard output. */
  static int asJson(String run, Session session) {
    var ended = follow(run, "logs=true", session.err(), session);
    session.printJson(ended);
    return status(ended);
  }

  private static Json follow(String run, String query, Output out, Session session) {
    var shell = session.shell();
    session.err().flush();
    return new Attachment(
            session.client(),
            out,
            shell.err(),
            shell::size,
            shell::now,
            status -> leave(status, session))
        .follow(run, query);
  }

  /** The exit status that tells how a run ended. */
  static int status(Json ended) {
    return ended.text("state").equals("succeeded") ? 0 : 1;
  }

  private static void leave(int status, Session session) {
    session.close();
    Runtime.getRuntime().halt(status);
  }
}
