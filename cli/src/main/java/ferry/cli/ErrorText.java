package ferry.cli;

import ferry.cli.client.Failure;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.SafeText;
import ferry.cli.terminal.Width;
import ferry.error.Location;

/**
 * Shows a failure: the sentence, where it is, the line with a caret under what is meant, and the
 * ways out.
 */
final class ErrorText {
  private static final int INDENT = 2;

  /** How much of a line is shown where nobody says how wide the terminal is. */
  private static final int USUAL_COLUMNS = 100;

  private ErrorText() {}

  static void print(Failure failure, Output err, int columns) {
    err.println(err.paint(Colour.RED, "error:") + " " + SafeText.lines(failure.message()));
    failure
        .location()
        .ifPresent(place -> printPlace(place, err, columns > 0 ? columns : USUAL_COLUMNS));
    for (var line : failure.help()) {
      err.println("  " + SafeText.line(line));
    }
  }

  private static void printPlace(Location place, Output err, int columns) {
    boolean inFile = !place.source().equals("command") && !place.source().isEmpty();
    if (inFile) {
      err.println(
          "  --> " + SafeText.line(place.source()) + ":" + place.line() + ":" + place.column());
    }
    int[] characters = place.text().codePoints().toArray();
    int start = place.column() - 1;
    if (start > characters.length || characters.length == 0) {
      return;
    }
    int end = Math.min(characters.length, start + place.length());
    var excerpt = Excerpt.of(characters, start, end, Math.max(20, columns - 2 * INDENT));
    err.println("  " + excerpt.line());
    err.println(
        "  " + " ".repeat(excerpt.offset()) + err.paint(Colour.RED, "^".repeat(excerpt.width())));
  }

  /**
   * As much of a line as can be shown around what is meant.
   *
   * @param line harmless, tabs as single spaces
   * @param offset columns before what is meant
   * @param width columns of what is meant, at least 1
   */
  record Excerpt(String line, int offset, int width) {

    static Excerpt of(int[] characters, int start, int end, int columns) {
      int before = columns(characters, 0, start);
      int meant = Math.max(1, columns(characters, start, end));
      int after = columns(characters, end, characters.length);
      if (before + meant + after <= columns) {
        return new Excerpt(text(characters, 0, characters.length), before, meant);
      }
      int shownMeant = Math.min(meant, columns / 2);
      int left = back(characters, start, (columns - shownMeant) / 2);
      int prefix = left > 0 ? 1 : 0;
      int offset = prefix + columns(characters, left, start);
      int right = forth(characters, start, columns - offset - 1);
      var line =
          (left > 0 ? "…" : "")
              + text(characters, left, right)
              + (right < characters.length ? "…" : "");
      return new Excerpt(
          line, offset, Math.max(1, columns(characters, start, Math.min(end, right))));
    }

    private static int back(int[] characters, int from, int columns) {
      int i = from;
      for (int used = 0; i > 0 && used + shown(characters[i - 1]) <= columns; i--) {
        used += shown(characters[i - 1]);
      }
      return i;
    }

    private static int forth(int[] characters, int from, int columns) {
      int i = from;
      for (int used = 0; i < characters.length && used + shown(characters[i]) <= columns; i++) {
        used += shown(characters[i]);
      }
      return i;
    }

    private static int columns(int[] characters, int from, int to) {
      int columns = 0;
      for (int i = from; i < to; i++) {
        columns += shown(characters[i]);
      }
      return columns;
    }

    /** Control characters are shown as one visible character. */
    private static int shown(int character) {
      return character < 0x20 || character >= 0x7F && character < 0xA0
          ? 1
          : Width.of(visible(character));
    }

    private static int visible(int character) {
      return SafeText.line(Character.toString(character)).codePointAt(0);
    }

    private static String text(int[] characters, int from, int to) {
      return SafeText.line(new String(characters, from, to - from));
    }
  }
}
