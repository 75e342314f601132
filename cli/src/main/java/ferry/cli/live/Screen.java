package ferry.cli.live;

import ferry.cli.terminal.Output;
import ferry.cli.terminal.Width;
import java.util.List;

/**
 * The lower end of a terminal, where a few lines are drawn over and over. Each drawing is one write
 * that replaces line by line, so that nothing flickers; lines of a log scroll by above.
 */
final class Screen {
  private static final String CLEAR_LINE_END = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Output terminal;
  private int drawn;

  Screen(Output terminal) {
    this.terminal = terminal;
  }

  /** Puts text, whole lines, above the frame, and draws the frame anew, cut to the columns. */
  void draw(String above, List<String> frame, int columns) {
    var all = new StringBuilder(above.length() + 1024);
    if (drawn > 0) {
      all.append("\u001b[").append(drawn).append("A\r");
    }
    appendAbove(all, above);
    for (var line : frame) {
      all.append(Width.cut(line, columns - 1)).append(CLEAR_LINE_END).append('\n');
    }
    if (drawn > 0) {
      all.append(CLEAR_BELOW);
    }
    drawn = frame.size();
    terminal.print(all.toString()).flush();
  }

  private void appendAbove(StringBuilder all, String above) {
    int from = 0;
    for (int end = above.indexOf('\n'); end >= 0; end = above.indexOf('\n', from)) {
      all.append(above, from, end).append(drawn > 0 ? CLEAR_LINE_END : "").append('\n');
      from = end + 1;
    }
  }

  /** Leaves the frame where it is; the next drawing begins below it. */
  void release() {
    drawn = 0;
  }
}
