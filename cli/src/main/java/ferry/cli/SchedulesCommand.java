package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.IsoTime;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Table;
import ferry.cli.terminal.Table.Cell;
import ferry.cli.terminal.Words;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Lists schedules; pauses, continues or removes one. */
final class SchedulesCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking("schedules", "Lists the schedules, or changes one.")
        .addPositional(Options.words("[pause|continue|rm NAME]", "What to do to which schedule."))
        .addOption(Options.output("json"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var words = given.words(2);
    if (words.isEmpty()) {
      return list(given, session);
    }
    var verb = words.getFirst();
    if (!List.of("pause", "continue", "rm").contains(verb)) {
      throw Failure.usage(
              "`" + verb + "` cannot be done to a schedule; expected pause, continue or rm")
          .thrown();
    }
    if (words.size() == 1) {
      throw Failure.usage(
              "no schedule is named: `ferry schedules " + verb + " NAME`",
              "`ferry schedules` lists them")
          .thrown();
    }
    change(verb, words.get(1), session);
    return 0;
  }

  private static void change(String verb, String name, Session session) {
    var path = "/schedules/" + Client.encode(name);
    if (verb.equals("rm")) {
      session.client().delete(path);
    } else {
      session.client().postAgain(path + "/" + verb, Map.of());
    }
    var done = verb.equals("rm") ? "removed " : verb.equals("pause") ? "paused " : "continued ";
    session.err().println(done + SafeText.line(name));
  }

  private static int list(Invocation given, Session session) {
    var format = given.format("json");
    var schedules = session.client().get("/schedules").list("schedules");
    if (format.isPresent()) {
      session.printJson(new Json(schedules));
      return 0;
    }
    if (schedules.isEmpty()) {
      session
          .err()
          .println("no schedules: `ferry run -f FILE` makes one of a file with `schedule`");
      return 0;
    }
    var table = new Table("SCHEDULE", "CRON", "TIMEZONE", "NEXT", "LAST RUN");
    for (var schedule : schedules) {
      table.row(
          Cell.of(schedule.text("name")),
          Cell.of(schedule.text("cron")),
          Cell.of(schedule.text("timezone")),
          next(schedule, session.shell().now()),
          Cell.of(lastRun(schedule)));
    }
    table.print(session.out(), session.shell().columns());
    return 0;
  }

  /** Of one that a cluster fires, what does, until the first run of it is known. */
  private static String lastRun(Json schedule) {
    var known = schedule.text("lastRun");
    var firedBy = schedule.text("firedBy");
    return known.isEmpty() && !firedBy.isEmpty() ? "by " + firedBy : known;
  }

  private static Cell next(Json schedule, long now) {
    if (schedule.isTrue("paused")) {
      return new Cell("paused", Colour.YELLOW);
    }
    var next = IsoTime.millis(schedule.text("next"));
    return Cell.of(next.isEmpty() ? "" : Words.relative(next.getAsLong(), now));
  }
}
