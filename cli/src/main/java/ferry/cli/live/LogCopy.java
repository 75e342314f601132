package ferry.cli.live;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.terminal.Output;
import java.io.IOException;

/** Copies a step's log to standard output, each line behind a prefix where there is one. */
public record LogCopy(Output out, String prefix) {
  /** Copies the whole log as it is now. */
  public void of(Client client, String path, String query) {
    try (var answer = client.open(path + query)) {
      var sink = new LogSink(out, prefix);
      sink.copy(answer.body(), _ -> {});
      sink.end();
    } catch (IOException e) {
      out.flush();
      throw Failure.system(
              "the log broke off: " + e.getMessage(),
              "the same command again shows the whole of it")
          .thrown();
    }
  }
}
