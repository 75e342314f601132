package ferry.cli;

import ferry.cli.assembly.EmbeddedConnector;
import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.client.Json;
import ferry.cli.client.JsonText;
import ferry.cli.client.LocalConnector;
import ferry.cli.terminal.Output;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One command's life: the shell it was typed in, and its way to the server, made when needed. */
final class Session implements AutoCloseable {
  private final Shell shell;
  private final boolean embedded;
  private @Nullable Client client;
  private @Nullable EmbeddedConnector inside;

  Session(Shell shell, boolean embedded) {
    this.shell = shell;
    this.embedded = embedded;
  }

  Shell shell() {
    return shell;
  }

  Output out() {
    return shell.out();
  }

  Output err() {
    return shell.err();
  }

  Client client() {
    if (client == null) {
      client = new Client(embedded ? embed() : local());
    }
    return client;
  }

  private LocalConnector local() {
    return new LocalConnector(shell.home(), shell.program(), shell.environment(), shell.err());
  }

  private EmbeddedConnector embed() {
    inside = new EmbeddedConnector(shell.home());
    return inside;
  }

  /** A run's name as a path; the latest where none is given. */
  static String runPath(Optional<String> run) {
    if (run.isPresent() && run.get().isBlank()) {
      throw Failure.usage(
              "the run's name is empty",
              "was a variable not set? `ferry runs` shows the names; none at all is the latest run")
          .thrown();
    }
    return "/runs/" + Client.encode(run.orElse("latest"));
  }

  /** As {@link #runPath}; {@code EXPERIMENT/NUMBER} is the run of that trial. */
  String pathOf(Optional<String> run) {
    int slash = run.map(word -> word.lastIndexOf('/')).orElse(-1);
    if (slash < 0) {
      return runPath(run);
    }
    var word = run.orElse("");
    var trial =
        client()
            .get(
                "/experiments/"
                    + Client.encode(word.substring(0, slash))
                    + "/trials/"
                    + Client.encode(word.substring(slash + 1)));
    return runPath(Optional.of(trial.text("run")));
  }

  /** The experiment that a word names, and no run does. */
  Optional<Json> experiment(Optional<String> word) {
    if (word.isEmpty() || word.get().equals("latest") || word.get().indexOf('/') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(client().get("/experiments/" + Client.encode(word.get())))
          .filter(found -> found.text("id").equals(word.get()));
    } catch (ferry.cli.client.CommandFailed e) {
      return Optional.empty(); // then it is a run, or nothing, as that look-up will say
    }
  }

  /** Data for programs. */
  void printJson(Json json) {
    out().println(JsonText.pretty(json));
  }

  /** What the server found worth saying beside its answer. */
  void printWarnings(Json answer) {
    for (var warning : answer.texts("warnings")) {
      err()
          .println(
              err().paint(ferry.cli.terminal.Colour.YELLOW, "warning:")
                  + " "
                  + ferry.cli.terminal.SafeText.line(warning));
    }
    for (var note : answer.texts("notes")) {
      err().println(ferry.cli.terminal.SafeText.line(note));
    }
  }

  @Override
  public void close() {
    if (inside != null) {
      inside.close();
    }
  }
}
