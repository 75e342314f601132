package ferry.cli.terminal;

/**
 * Makes text harmless for a terminal: no control or escape sequence of a program's output can move
 * the cursor, set a title or answer a query. Colours may pass where they are wanted.
 */
public final class SafeText {
  private static final char ESCAPE = 0x1B;

  private SafeText() {}

  /** Names, reasons and the like: control characters become visible ones, tabs a space. */
  public static String line(String text) {
    return isClean(text) ? text : clean(text, false, 1);
  }

  /**
   * A line of a log: escape sequences vanish (colours pass if wanted), tabs become spaces, other
   * control characters visible.
   */
  public static String logLine(String text, boolean colours) {
    if (isClean(text)) {
      return text;
    }
    var clean = clean(text, colours, 8);
    return colours && clean.indexOf(ESCAPE) >= 0 ? clean + "\u001b[0m" : clean;
  }

  /** Several lines, each made harmless. */
  public static String lines(String text) {
    var all = new StringBuilder();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      all.append(line(text.substring(from, end))).append('\n');
      from = end + 1;
    }
    return all.append(line(text.substring(from))).toString();
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7F && (c < 0xA0 || isTreacherous(c) || Character.isSurrogate(c))) {
        return false;
      }
    }
    return true;
  }

  /** Marks that turn the direction of text, so that it reads otherwise than it is. */
  private static boolean isTreacherous(int c) {
    return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x2028 || c == 0x2029;
  }

  private static String clean(String text, boolean colours, int tab) {
    var clean = new StringBuilder(text.length() + 16);
    int column = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (c == ESCAPE) {
        int colourEnd = endOfColour(text, i);
        if (colourEnd > i && colours) {
          clean.append(text, i, colourEnd);
        }
        next = colourEnd > i ? colourEnd : endOfSequence(text, i);
      } else if (c == '\t') {
        int spaces = tab - column % tab;
        clean.repeat(' ', spaces);
        column += spaces;
      } else {
        int shown = visible(c);
        clean.appendCodePoint(shown);
        column += Width.of(shown);
      }
      i = next;
    }
    return clean.toString();
  }

  /** The character itself, or one that shows which control character was there. */
  private static int visible(int c) {
    if (c < 0x20) {
      return 0x2400 + c;
    }
    if (c == 0x7F) {
      return 0x2421;
    }
    boolean broken = c >= 0x80 && c < 0xA0 || c >= 0xD800 && c <= 0xDFFF || isTreacherous(c);
    return broken ? 0xFFFD : c;
  }

  /**
   * Where the colour (SGR) sequence ends that begins at an index, or that index where none does.
   */
  static int endOfColour(String text, int start) {
    if (text.charAt(start) != ESCAPE
        || start + 1 >= text.length()
        || text.charAt(start + 1) != '[') {
      return start;
    }
    for (int i = start + 2; i < text.length() && i < start + 40; i++) {
      char c = text.charAt(i);
      if (c == 'm') {
        return i + 1;
      }
      if (c != ';' && c != ':' && (c < '0' || c > '9')) {
        return start;
      }
    }
    return start;
  }

  /**
   * Where the escape sequence ends that begins at an index: CSI, a string (OSC, DCS …) or a short
   * one.
   */
  private static int endOfSequence(String text, int start) {
    if (start + 1 >= text.length()) {
      return start + 1;
    }
    char kind = text.charAt(start + 1);
    return switch (kind) {
      case '[' -> endOfControl(text, start + 2);
      case ']', 'P', 'X', '^', '_' -> endOfString(text, start + 2);
      default -> kind >= 0x20 && kind < 0x7F ? start + 2 : start + 1;
    };
  }

  private static int endOfControl(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) < 0x40) {
      i++;
    }
    return i < text.length() && text.charAt(i) >= 0x40 && text.charAt(i) < 0x7F ? i + 1 : i;
  }

  private static int endOfString(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == 0x07) {
        return i + 1;
      }
      if (text.charAt(i) == ESCAPE) {
        return i + 1 < text.length() && text.charAt(i + 1) == '\\' ? i + 2 : i;
      }
    }
    return text.length();
  }
}
