package ferry.cli;

import ferry.cli.client.Client;
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
    return "/runs/" + Client.encode(run.orElse("latest"));
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
