package ferry.cli.live;

import java.util.function.Consumer;

/**
 * Cuts the pieces of one log into lines. A carriage return begins the line anew, so that a progress
 * bar counts as its last state; of a very long line only the beginning is kept.
 */
public final class LogLines {
  static final int LONGEST = 4_000;

  private final StringBuilder line = new StringBuilder();
  private long cut;
  private boolean returned;

  /** Takes in a piece, and hands every line that it ends to the consumer. */
  public void take(String piece, Consumer<String> lines) {
    int from = 0;
    int end = piece.indexOf('\n');
    boolean returns = piece.indexOf('\r') >= 0;
    while (end >= 0) {
      take(piece, from, end, returns);
      lines.accept(text());
      clear();
      from = end + 1;
      end = piece.indexOf('\n', from);
    }
    take(piece, from, piece.length(), returns);
  }

  /** Takes in a part of one line. */
  private void take(String piece, int start, int end, boolean returns) {
    int from = start;
    if (returns) {
      for (int i = start; i < end; i++) {
        if (piece.charAt(i) == '\r') {
          append(piece, from, i);
          from = i + 1;
          returned = true;
        }
      }
    }
    append(piece, from, end);
  }

  private void append(String piece, int from, int to) {
    if (from == to) {
      return;
    }
    if (returned) {
      clear();
    }
    int room = cut > 0 ? 0 : Math.min(to - from, LONGEST - line.length());
    boolean splits =
        room > 0 && from + room < to && Character.isLowSurrogate(piece.charAt(from + room));
    int kept = from + room - (splits ? 1 : 0);
    line.append(piece, from, kept);
    if (cut > 0 || kept < to) {
      cut += Character.codePointCount(piece, kept, to);
    }
  }

  private void clear() {
    line.setLength(0);
    cut = 0;
    returned = false;
  }

  /**
   * The line that has not ended, empty where there is none; for showing how far a progress bar is.
   */
  public String unfinished() {
    return text();
  }

  /** Ends the last line, if it has not ended. */
  public void end(Consumer<String> lines) {
    if (!line.isEmpty()) {
      lines.accept(text());
      clear();
    }
  }

  private String text() {
    return cut == 0
        ? line.toString()
        : line + " … (" + ferry.cli.terminal.Words.grouped(cut) + " characters more)";
  }
}
