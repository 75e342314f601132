package ferry.cli.live;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A terminal that understands what the display sends it, and keeps what it showed after each write.
 */
final class FakeTerminal extends OutputStream {
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private final List<List<String>> frames = new ArrayList<>();
  private int row;
  private int column;

  /** What the screen showed after each write. */
  List<List<String>> frames() {
    return frames;
  }

  List<String> screen() {
    var screen = new ArrayList<String>();
    for (var line : lines) {
      screen.add(line.toString());
    }
    if (screen.getLast().isEmpty()) {
      screen.removeLast();
    }
    return screen;
  }

  @Override
  public void write(int b) {
    throw new UnsupportedOperationException("it is written to in blocks");
  }

  @Override
  public void write(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); ) {
      i = text.charAt(i) == '\u001b' ? control(text, i + 2) : put(text.charAt(i), i);
    }
    frames.add(screen());
  }

  private int put(char c, int i) {
    if (c == '\n') {
      row++;
      column = 0;
      if (row == lines.size()) {
        lines.add(new StringBuilder());
      }
    } else if (c == '\r') {
      column = 0;
    } else {
      var line = lines.get(row);
      if (column < line.length()) {
        line.setCharAt(column, c);
      } else {
        line.append(c);
      }
      column++;
    }
    return i + 1;
  }

  private int control(String text, int from) {
    int end = from;
    while (Character.isDigit(text.charAt(end))) {
      end++;
    }
    switch (text.charAt(end)) {
      case 'A' -> row -= Integer.parseInt(text.substring(from, end));
      case 'K' -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
      case 'J' -> clearBelow();
      default -> throw new AssertionError("unknown sequence " + text.substring(from, end + 1));
    }
    return end + 1;
  }

  private void clearBelow() {
    lines.get(row).setLength(Math.min(column, lines.get(row).length()));
    while (lines.size() > row + 1) {
      lines.removeLast();
    }
  }
}
