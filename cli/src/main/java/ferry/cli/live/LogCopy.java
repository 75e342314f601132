package ferry.cli.live;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.terminal.Output;
import java.io.IOException;
import java.io.InputStream;

/**
 * Copies a step's log to standard output. A pipe or file gets every byte as the step wrote it; a
 * terminal, and lines that get a prefix, only what is harmless.
 */
public record LogCopy(Output out, String prefix) {
  private static final int BUFFER = 65_536;

  /** Copies the whole log as it is now. */
  public void of(Client client, String path, String query) {
    try (var answer = client.open(path + query)) {
      if (out.isTerminal() || !prefix.isEmpty()) {
        lines(answer.body());
      } else {
        bytes(answer.body());
      }
    } catch (IOException e) {
      out.flush();
      throw Failure.system(
              "the log broke off: " + e.getMessage(),
              "the same command again shows the whole of it")
          .thrown();
    }
  }

  private void bytes(InputStream body) throws IOException {
    var buffer = new byte[BUFFER];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      out.write(buffer, read);
    }
  }

  private void lines(InputStream body) throws IOException {
    var lines = new LineCopy(out, prefix);
    var buffer = new byte[BUFFER];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      lines.take(buffer, read);
    }
    lines.end();
  }
}
