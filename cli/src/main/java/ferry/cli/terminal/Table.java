package ferry.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, aligned, each cut to the width of the terminal: where a row is too wide the
 * widest column gives way first.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  /** A text and the colour that it is painted in. */
  public record Cell(String text, Colour colour) {
    public Cell {
      text = SafeText.line(text);
    }

    public static Cell of(String text) {
      return new Cell(text, Colour.NONE);
    }

    public static Cell state(String state) {
      return new Cell(state, Colour.ofState(state));
    }
  }

  private final List<String> headings;
  private final boolean[] right;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** Columns by their headings; one that begins with {@code >} is aligned to the right. */
  public Table(String... headings) {
    this.headings = new ArrayList<>();
    this.right = new boolean[headings.length];
    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      this.headings.add(right[i] ? headings[i].substring(1) : headings[i]);
    }
  }

  public void row(Cell... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException("a row has " + right.length + " cells");
    }
    rows.add(List.of(cells));
  }

  /** Prints all rows; not wider than so many columns, however wide where 0. */
  public void print(Output out, int columns) {
    int[] widths = widths();
    fit(widths, columns);
    var heads = new ArrayList<Cell>();
    for (var heading : headings) {
      heads.add(new Cell(heading, Colour.BOLD));
    }
    printRow(out, heads, widths);
    for (var row : rows) {
      printRow(out, row, widths);
    }
  }

  private int[] widths() {
    int[] widths = new int[right.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Width.of(headings.get(i));
    }
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Width.of(row.get(i).text()));
      }
    }
    return widths;
  }

  private static void fit(int[] widths, int columns) {
    int total = GAP * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    while (columns > 0 && total > columns) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] >= widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  private void printRow(Output out, List<Cell> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var cell = row.get(i);
      var text = Width.cut(cell.text(), widths[i]);
      boolean last = i == widths.length - 1;
      int lacking = widths[i] - Width.of(text);
      line.repeat(' ', right[i] ? lacking : 0).append(out.paint(cell.colour(), text));
      line.repeat(' ', right[i] || last ? 0 : lacking).repeat(' ', last ? 0 : GAP);
    }
    out.println(line.toString().stripTrailing());
  }
}
