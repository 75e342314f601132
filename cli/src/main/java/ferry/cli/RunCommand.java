package ferry.cli;

import ferry.cli.client.Json;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Words;
import java.time.ZoneId;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a workflow: a one-liner, a file, or one command with its arguments. */
final class RunCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Submission.describe(
            Options.asking("run", "Runs a workflow and shows it until it has ended."))
        .addOption(Options.flag("Print the run's id and leave it running.", "--detach", "-d"))
        .addOption(Options.flag("Show what would run, and start nothing.", "--dry-run"))
        .addOption(Options.output("a dry run as yaml or json, or at its end the run as json"))
        .addOption(Options.flag("Run it once now, though it has a schedule.", "--now"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var submission = new Submission(given, session);
    if (given.has("--dry-run")) {
      var format = given.format("yaml", "json");
      Plans.print(submission.plan(), format.orElse("words"), session);
      return 0;
    }
    boolean json = given.format("json").isPresent();
    var answer = submission.submit(given.has("--now"));
    session.printWarnings(answer);
    if (answer.text("id").isEmpty()) {
      return scheduled(answer, json, session);
    }
    if (json && !given.has("--detach")) {
      return Attaching.asJson(answer.text("id"), session);
    }
    if (json) {
      session.printJson(answer);
      return 0;
    }
    return Attaching.unlessDetached(answer, given, session);
  }

  private static int scheduled(Json answer, boolean json, Session session) {
    if (json) {
      session.printJson(answer);
      return 0;
    }
    var name = SafeText.line(answer.text("schedule"));
    session.out().println(name);
    session
        .err()
        .println(
            "scheduled: "
                + name
                + next(answer, session)
                + "; `ferry schedules` lists it, `--now` runs it once now");
    return 0;
  }

  /** By the clocks that the schedule goes by. */
  private static String next(Json answer, Session session) {
    var next = IsoTime.millis(answer.text("next"));
    if (next.isEmpty()) {
      return " never runs: no such time comes";
    }
    var zone = SafeText.line(answer.text("timezone"));
    return " runs next at "
        + IsoTime.local(next.getAsLong(), ZoneId.of(zone.isEmpty() ? "UTC" : zone))
        + " "
        + zone
        + " ("
        + Words.relative(next.getAsLong(), session.shell().now())
        + ")";
  }
}
