package ferry.cli;

import java.util.Comparator;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Prints what a shell or a notebook needs to log to this server with MLflow's client. */
final class EnvCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.asking("env", "Prints the variables by which MLflow's clients find Ferry.")
        .addOption(Options.output("json"));
  }

  @Override
  public int run(Invocation given, Session session) {
    given.words(0);
    var format = given.format("json");
    var answer = session.client().get("/env").get("variables");
    if (format.isPresent()) {
      session.printJson(answer);
      return 0;
    }
    answer.entries().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
        .forEach(entry ->
            session
                .out()
                .println("export " + entry.getKey() + "='" + entry.getValue().text() + "'"));
    return 0;
  }
}
