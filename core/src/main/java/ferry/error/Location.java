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
}
