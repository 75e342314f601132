package ferry.files;

/** A set of characters in a pattern, like {@code [a-z]} or {@code [![:digit:]_]}. */
final class Bracket {
  private final String pattern;
  private final int start;
  private final boolean negated;
  private final int end;

  /** Reads the set that opens at a position; one that is not closed holds nothing. */
  Bracket(String pattern, int at) {
    this.pattern = pattern;
    negated = at + 1 < pattern.length() && "!^".indexOf(pattern.charAt(at + 1)) >= 0;
    start = at + (negated ? 2 : 1);
    end = findEnd();
  }

  private int findEnd() {
    int i = start;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      if (c == ']' && i > start) {
        return i + 1;
      }
      if (c == '[' && pattern.startsWith("[:", i) && pattern.indexOf(":]", i + 2) > 0) {
        i = pattern.indexOf(":]", i + 2) + 2;
      } else {
        i += c == '\\' ? 2 : 1;
      }
    }
    return -1;
  }

  /** The position after the set. */
  int end() {
    return end;
  }

  boolean holds(char wanted) {
    return end > 0 && contains(wanted) != negated;
  }

  private boolean contains(char wanted) {
    int i = start;
    while (i < end - 1) {
      if (pattern.startsWith("[:", i) && pattern.indexOf(":]", i + 2) > 0) {
        int close = pattern.indexOf(":]", i + 2);
        if (isOfClass(pattern.substring(i + 2, close), wanted)) {
          return true;
        }
        i = close + 2;
        continue;
      }
      i += pattern.charAt(i) == '\\' ? 1 : 0;
      char low = pattern.charAt(i);
      char high = low;
      if (i + 2 < end - 1 && pattern.charAt(i + 1) == '-') {
        i += pattern.charAt(i + 2) == '\\' ? 3 : 2;
        high = pattern.charAt(i);
      }
      if (wanted >= low && wanted <= high) {
        return true;
      }
      i++;
    }
    return false;
  }

  private static boolean isOfClass(String name, char c) {
    boolean ascii = c < 128;
    return ascii
        && switch (name) {
          case "alpha" -> Character.isLetter(c);
          case "digit" -> Character.isDigit(c);
          case "alnum" -> Character.isLetterOrDigit(c);
          case "lower" -> Character.isLowerCase(c);
          case "upper" -> Character.isUpperCase(c);
          case "space" -> Character.isWhitespace(c);
          case "blank" -> c == ' ' || c == '\t';
          case "cntrl" -> Character.isISOControl(c);
          case "punct" -> c > 32 && c < 127 && !Character.isLetterOrDigit(c);
          case "print" -> c >= 32 && c < 127;
          case "graph" -> c > 32 && c < 127;
          case "xdigit" -> Character.digit(c, 16) >= 0;
          default -> false;
        };
  }
}
