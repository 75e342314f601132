package ferry.cli;

import java.util.List;
import java.util.Optional;

/** All commands by name; one is made only when it is asked for. */
final class Commands {
  /** In the order in which help shows them. */
  static final List<String> NAMES =
      List.of(
          "run",
          "search",
          "explain",
          "runs",
          "show",
          "logs",
          "stop",
          "retry",
          "rerun",
          "diff",
          "rm",
          "star",
          "unstar",
          "experiments",
          "trials",
          "report",
          "pause",
          "continue",
          "schedules",
          "models",
          "env",
          "ui",
          "server",
          "config",
          "doctor",
          "completion",
          "help",
          "version");

  private Commands() {}

  static Optional<Command> find(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "run" -> new RunCommand();
          case "search" -> new SearchCommand();
          case "experiments" -> new ExperimentsCommand();
          case "trials" -> new TrialsCommand();
          case "report" -> new ReportCommand();
          case "pause" -> new PauseCommand(true);
          case "continue" -> new PauseCommand(false);
          case "explain" -> new ExplainCommand();
          case "runs" -> new RunsCommand();
          case "show" -> new ShowCommand();
          case "logs" -> new LogsCommand();
          case "stop" -> new StopCommand();
          case "retry" -> new RetryCommand();
          case "rerun" -> new RerunCommand();
          case "diff" -> new DiffCommand();
          case "rm", "delete" -> new RmCommand();
          case "star" -> new StarCommand(true);
          case "unstar" -> new StarCommand(false);
          case "schedules" -> new SchedulesCommand();
          case "ui" -> new UiCommand();
          case "models" -> new ModelsCommand();
          case "env" -> new EnvCommand();
          case "server" -> new ServerCommand();
          case "config" -> new ConfigCommand();
          case "doctor" -> new DoctorCommand();
          case "completion" -> new CompletionCommand();
          case "help" -> new HelpCommand();
          case "version" -> new VersionCommand();
          case "complete-words" -> new CompleteWordsCommand();
          default -> null;
        });
  }
}
