package ferry.cli;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.config.Config;
import ferry.cli.config.Setting;
import ferry.cli.live.FollowedLog;
import ferry.cli.live.LogCopy;
import ferry.cli.terminal.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Prints what the steps of a run wrote. */
final class LogsCommand implements Command {
  @Override
  public CommandSpec spec() {
    return Options.asking("logs", "Prints what the steps of a run wrote.")
        .addPositional(
            Options.words(
                "[RUN [STEP]]",
                "The run and one step of it; the latest run and all its steps where none is"
                    + " named."))
        .addOption(Options.flag("Go on as more comes, until the run has ended.", "--follow", "-f"))
        .addOption(Options.value("NUMBER", "Only the last lines of each log.", "--tail", "-n"))
        .addOption(
            Options.value(
                "NUMBER", "This attempt of the step; the newest where none is named.", "--attempt"))
        .addOption(
            Options.value(
                "TEXT",
                "Instead, the lines with this text in them, of all runs or of the one named.",
                "--grep"))
        .addOption(Options.flag("With --grep: large and small letters are alike.", "--ignore-case"))
        .addOption(Options.value("NUMBER", "With --grep: at most so many lines (100).", "--limit"));
  }

  @Override
  public int run(Invocation given, Session session) {
    var text = given.value("--grep");
    if (text.isPresent()) {
      long limit = given.number("--limit", 1, 1000, 100);
      return new LogMatches(session)
          .print(text.get(), given.has("--ignore-case"), given.word(0, 1), limit);
    }
    var step = given.word(1, 2);
    var query = query(given);
    if (step.isEmpty() && given.has("--follow")) {
      return follow(given, session);
    }
    if (step.isPresent() && given.has("--follow")) {
      var only =
          given.value("--attempt").map(_ -> (int) given.number("--attempt", 1, 1_000_000, 1));
      long tail = given.number("--tail", 0, Setting.MOST_LINES, -1);
      followed(given.word(0, 2), step.get(), session).copy(only, tail);
      return 0;
    }
    if (step.isPresent()) {
      copy(new LogCopy(session.out(), ""), given.word(0, 2), step.get(), query, session);
      return 0;
    }
    all(given, query, session);
    return 0;
  }

  private static int follow(Invocation given, Session session) {
    if (given.value("--attempt").isPresent()) {
      throw Failure.usage("`--attempt` needs a step: `ferry logs RUN STEP --attempt N`").thrown();
    }
    var run = session.client().get(session.pathOf(given.word(0, 2)));
    var usual = Config.read(session.shell().home()).number("tail");
    long tail = given.number("--tail", 0, Setting.MOST_LINES, usual);
    if (run.list("steps").size() == 1 && !session.out().isTerminal()) {
      var step = run.list("steps").getFirst().text("name");
      var id = Optional.of(run.text("id"));
      followed(id, step, session).copy(Optional.empty(), tail);
      return Attaching.status(session.client().get(session.pathOf(id)));
    }
    return Attaching.to(run.text("id"), "logs=true&tail=" + tail, session);
  }

  private static FollowedLog followed(Optional<String> run, String step, Session session) {
    return new FollowedLog(session.client(), session.pathOf(run), step, session.out());
  }

  private static String query(Invocation given) {
    var query = new ArrayList<String>();
    given
        .value("--attempt")
        .ifPresent(_ -> query.add("attempt=" + given.number("--attempt", 1, 1_000_000, 1)));
    given
        .value("--tail")
        .ifPresent(_ -> query.add("tail=" + given.number("--tail", 0, Setting.MOST_LINES, 0)));
    return query.isEmpty() ? "" : "?" + String.join("&", query);
  }

  /** Every step's log; where there are several, each line begins with its step's name. */
  private static void all(Invocation given, String query, Session session) {
    var run = session.client().get(session.pathOf(given.word(0, 2)));
    Optional<String> id = Optional.of(run.text("id"));
    var steps = started(run);
    for (var step : steps) {
      var prefix = run.list("steps").size() == 1 ? "" : SafeText.line(step) + " | ";
      copy(new LogCopy(session.out(), prefix), id, step, query, session);
    }
    if (steps.isEmpty()) {
      session.err().println("no step of " + SafeText.line(run.text("id")) + " has started");
    }
  }

  private static List<String> started(Json run) {
    var started = new ArrayList<String>();
    for (var step : run.list("steps")) {
      if (!step.list("attempts").isEmpty()) {
        started.add(step.text("name"));
      }
    }
    return started;
  }

  private static void copy(
      LogCopy copy, Optional<String> run, String step, String query, Session session) {
    copy.of(
        session.client(), session.pathOf(run) + "/steps/" + Client.encode(step) + "/log", query);
  }
}
