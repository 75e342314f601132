package ferry.cli.live;

import ferry.cli.terminal.Output;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Where the log of a step goes. A pipe or file gets every byte as the step wrote it; a terminal,
 * and lines that get a prefix, only what is harmless.
 */
final class LogSink {
  private static final int BUFFER = 65_536;

  private final Output out;
  private final Optional<LineCopy> lines;

  LogSink(Output out, String prefix) {
    this.out = out;
    this.lines =
        out.isTerminal() || !prefix.isEmpty()
            ? Optional.of(new LineCopy(out, prefix))
            : Optional.empty();
  }

  /**
   * Takes in all that comes.
   *
   * @param told is given how many bytes each piece had, once they are printed
   */
  void copy(InputStream body, IntConsumer told) throws IOException {
    var buffer = new byte[BUFFER];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (lines.isPresent()) {
        lines.get().take(buffer, read);
      } else {
        out.write(buffer, read);
      }
      told.accept(read);
    }
  }

  /** Prints the line that has no end. */
  void end() {
    lines.ifPresent(LineCopy::end);
  }
}
