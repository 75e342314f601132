package ferry.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Rows and columns of a terminal, each at least 1. */
public record TerminalSize(int rows, int columns) {
  public static final TerminalSize USUAL = new TerminalSize(24, 80);

  public TerminalSize {
    rows = Math.max(1, rows);
    columns = Math.max(1, columns);
  }

  /** From {@code COLUMNS} and {@code LINES}, else by asking {@code stty}. */
  public static TerminalSize ask(Map<String, String> environment) {
    int columns = number(environment.getOrDefault("COLUMNS", ""));
    int rows = number(environment.getOrDefault("LINES", ""));
    if (columns > 0 && rows > 0) {
      return new TerminalSize(rows, columns);
    }
    var asked = stty();
    return new TerminalSize(rows > 0 ? rows : asked.rows, columns > 0 ? columns : asked.columns);
  }

  private static TerminalSize stty() {
    try {
      var process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var answer =
          new String(process.getInputStream().readNBytes(100), StandardCharsets.US_ASCII).strip();
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      int space = answer.indexOf(' ');
      int rows = space < 0 ? 0 : number(answer.substring(0, space));
      int columns = space < 0 ? 0 : number(answer.substring(space + 1));
      return rows > 0 && columns > 0 ? new TerminalSize(rows, columns) : USUAL;
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  private static int number(String text) {
    if (text.isEmpty() || text.length() > 5) {
      return 0;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
