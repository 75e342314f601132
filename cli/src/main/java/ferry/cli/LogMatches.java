package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Json;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;
import java.util.Optional;

/** Lines of logs that have some text in them, over many runs. */
final class LogMatches {
  private final Session session;

  LogMatches(Session session) {
    this.session = session;
  }

  /** Prints them; 0 where there is one, else 1, as grep does. */
  int print(String text, boolean ignoreCase, Optional<String> run, long limit) {
    var query =
        new StringBuilder("/logs?text=")
            .append(Client.encode(text))
            .append("&limit=")
            .append(limit);
    if (ignoreCase) {
      query.append("&ignoreCase=true");
    }
    run.ifPresent(word -> query.append("&run=").append(Client.encode(word)));
    var answer = session.client().get(query.toString());
    for (var match : answer.list("matches")) {
      session.out().println(line(match));
    }
    if (!answer.isTrue("complete")) {
      var searched = answer.get("searched");
      session
          .err()
          .println(
              "there may be more: "
                  + searched.number("runs").orElse(0)
                  + " runs and "
                  + Words.bytes(searched.number("bytes").orElse(0))
                  + " of logs were searched; name a run, or raise --limit");
    }
    return answer.list("matches").isEmpty() ? 1 : 0;
  }

  private static String line(Json match) {
    return SafeText.line(match.text("run"))
        + " "
        + SafeText.line(match.text("step"))
        + ":"
        + match.number("line").orElse(0)
        + ": "
        + SafeText.line(match.text("text"));
  }
}
