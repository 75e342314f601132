package ferry.files;

import java.nio.charset.StandardCharsets;

/**
 * One line of a {@code .gitignore}, with git's own meaning (gitignore(5), wildmatch.c).
 *
 * @param text without the mark of negation and the slashes at its ends
 * @param negated whether it takes back what an earlier line ignored
 * @param directoryOnly whether it means directories alone
 * @param anchored whether it means paths from the file's own directory, not names at any depth
 */
record IgnorePattern(String text, boolean negated, boolean directoryOnly, boolean anchored) {

  /** How a name is compared, the cheap ways first. */
  private enum Kind {
    LITERAL,
    SUFFIX,
    WILD
  }

  /** Reads a line; a line that is empty or a comment matches nothing. */
  static IgnorePattern parse(String line) {
    var text = withoutTrailingSpaces(line);
    if (text.startsWith("#")) {
      text = "";
    }
    boolean negated = text.startsWith("!");
    text = negated ? text.substring(1) : text;
    boolean directoryOnly = text.endsWith("/");
    text = directoryOnly ? text.substring(0, text.length() - 1) : text;
    boolean anchored = text.indexOf('/') >= 0;
    return new IgnorePattern(
        text.startsWith("/") ? text.substring(1) : text, negated, directoryOnly, anchored);
  }

  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    boolean escaped = end < line.length() && endsInBackslash(line, end);
    return line.substring(0, escaped ? end + 1 : end);
  }

  private static boolean endsInBackslash(String line, int end) {
    int slashes = 0;
    while (slashes < end && line.charAt(end - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /**
   * Whether it means this file.
   *
   * @param path relative to the directory of the file in which this line stands
   * @param name the path's last part
   */
  boolean matches(String path, String name, boolean isDirectory) {
    if (directoryOnly && !isDirectory) {
      return false;
    }
    var subject = anchored ? path : name;
    return switch (kind()) {
      case LITERAL -> subject.equals(text);
      case SUFFIX ->
          !anchored
              && subject.regionMatches(
                  subject.length() - text.length() + 1, text, 1, text.length() - 1);
      case WILD -> new Wildcard(bytes(text), bytes(subject)).matches();
    };
  }

  /** The text with one character for each byte of its UTF-8: git compares bytes. */
  private static String bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }

  private Kind kind() {
    int first = firstSpecial(text, 0);
    if (first < 0) {
      return Kind.LITERAL;
    }
    boolean suffix = !anchored && first == 0 && text.charAt(0) == '*' && firstSpecial(text, 1) < 0;
    return suffix ? Kind.SUFFIX : Kind.WILD;
  }

  private static int firstSpecial(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if ("*?[\\".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
