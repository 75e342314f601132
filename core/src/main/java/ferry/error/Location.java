package ferry.error;

/**
 * A place in a text that a user wrote.
 *
 * @param source the file's name as the user gave it, or {@code command} for a one-liner
 * @param line the line, from 1
 * @param column the column in characters (code points), from 1
 * @param length how many characters are meant, at least 1
 * @param text the whole line, without its line break, for showing with a caret; cut by the reader
 *     where it is very long
 */
public record Location(String source, int line, int column, int length, String text) {
  public Location {
    if (line < 1 || column < 1 || length < 1) {
      throw new IllegalArgumentException("a location starts at 1:1 and is at least 1 long");
    }
  }

  private static final int SHOWN_AFTER = 200;

  /**
   * The place of {@code start} (inclusive) to {@code end} (exclusive), both offsets as in {@link
   * String#charAt}. A very long line is cut some way after the place.
   */
  public static Location of(String source, String text, int start, int end) {
    int first = text.lastIndexOf('\n', start - 1) + 1;
    int next = text.indexOf('\n', start);
    int last = next < 0 ? text.length() : next;
    int to = Math.max(start, Math.min(end, last));
    int cut = Math.min(last, to + SHOWN_AFTER);
    int line = 1 + (int) text.substring(0, first).chars().filter(c -> c == '\n').count();
    int length = Math.max(1, text.codePointCount(start, to));
    var shown = text.substring(first, cut).replace('\r', ' ').stripTrailing();
    return new Location(source, line, text.codePointCount(first, start) + 1, length, shown);
  }
}
