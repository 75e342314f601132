package ferry.cli;

import ferry.cli.client.Json;
import ferry.cli.live.Attachment;

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
    var shell = session.shell();
    session.err().flush();
    return new Attachment(
            session.client(),
            shell.out(),
            shell.err(),
            shell::size,
            shell::now,
            status -> leave(status, session))
        .follow(run, query);
  }

  private static void leave(int status, Session session) {
    session.close();
    Runtime.getRuntime().halt(status);
  }
}
