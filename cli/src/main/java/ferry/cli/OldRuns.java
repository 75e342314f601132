package ferry.cli;

import ferry.cli.client.Failure;
import ferry.cli.terminal.SafeText;
import ferry.workflow.DurationText;
import java.util.HashMap;
import java.util.Map;

/** Removes the runs that ended some time ago. */
final class OldRuns {
  private OldRuns() {}

  static int remove(Invocation given, Session session) {
    if (!given.words(Integer.MAX_VALUE).isEmpty()) {
      throw Failure.usage("`--older-than` removes runs by their age; name none beside it").thrown();
    }
    boolean dry = given.has("--dry-run");
    Map<String, Object> wish = new HashMap<>();
    DurationText.parse("--older-than", given.value("--older-than").orElseThrow());
    wish.put("olderThan", given.value("--older-than").orElseThrow());
    wish.put("dryRun", dry);
    given.value("--workflow").ifPresent(name -> wish.put("workflow", name));
    var answer = session.client().postAgain("/retention", wish);
    for (var run : answer.texts("removed")) {
      session.err().println((dry ? "would remove " : "removed ") + SafeText.line(run));
    }
    for (var kept : answer.list("kept")) {
      session
          .err()
          .println(
              "kept " + SafeText.line(kept.text("run")) + ": " + SafeText.line(kept.text("why")));
    }
    if (answer.texts("removed").isEmpty() && answer.list("kept").isEmpty()) {
      session.err().println("no run ended that long ago");
    }
    if (answer.isTrue("more")) {
      session.err().println("there are more: the same command again removes them");
    }
    return 0;
  }
}
