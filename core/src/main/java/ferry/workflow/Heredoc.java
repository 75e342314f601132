package ferry.workflow;

/**
 * A text in a shell command that goes to a command's input, as its {@code <<} announces it.
 *
 * @param delimiter the line that ends it
 * @param quoted whether the delimiter was quoted, so that nothing in the text is expanded
 * @param strip whether tabs at the beginning of lines are dropped ({@code <<-})
 */
record Heredoc(String delimiter, boolean quoted, boolean strip) {

  /** A heredoc and the offset behind the word that announces it. */
  record Announced(Heredoc heredoc, int end) {}

  /** The heredoc that is announced by what follows a {@code <<}. */
  static Announced announcedAt(String text, int from) {
    int at = from;
    boolean strip = text.startsWith("-", at);
    at += strip ? 1 : 0;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    var delimiter = new StringBuilder();
    boolean quoted = false;
    char within = '\0';
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (within == '\0' && " \t\r\n;&|<>()".indexOf(c) >= 0) {
        break;
      } else if (c == within) {
        within = '\0';
      } else if (within == '\0' && (c == '\'' || c == '"')) {
        within = c;
        quoted = true;
      } else if (within != '\'' && c == '\\' && at + 1 < text.length()) {
        delimiter.append(text.charAt(++at));
        quoted = true;
      } else {
        delimiter.append(c);
      }
    }
    return new Announced(new Heredoc(delimiter.toString(), quoted, strip), at);
  }

  /** Where the text that starts at {@code from} ends: at the delimiter's line, or at the end. */
  int end(String text, int from) {
    int line = from;
    boolean continued = false;
    while (line < text.length()) {
      int next = lineEnd(text, line);
      if (!continued && isDelimiter(text.substring(line, next))) {
        return line;
      }
      continued = !quoted && continues(text, line, next);
      line = next + 1;
    }
    return text.length();
  }

  /** Behind the delimiter's text, at its line break, for a text that ends at {@code end}. */
  int after(String text, int end) {
    return end >= text.length() ? text.length() : lineEnd(text, end);
  }

  /**
   * Whether a line of this text would be taken for its end; also whether one looks so much like it
   * that dash loses bytes: the delimiter with a character behind it that is not ASCII.
   */
  boolean isEndedBy(String body) {
    return end(body, 0) < body.length() || !quoted && endsJoined(body) || misleads(body);
  }

  private boolean misleads(String body) {
    return body.lines()
        .map(line -> strip ? line.replaceFirst("^\t+", "") : line)
        .anyMatch(line ->
            line.startsWith(delimiter)
                && line.length() > delimiter.length()
                && line.charAt(delimiter.length()) > 127);
  }

  private boolean endsJoined(String body) {
    var joined = body.replace("\\\n", "");
    return end(joined, 0) < joined.length();
  }

  private boolean isDelimiter(String line) {
    int start = 0;
    while (strip && start < line.length() && line.charAt(start) == '\t') {
      start++;
    }
    return line.length() - start == delimiter.length() && line.startsWith(delimiter, start);
  }

  private static boolean continues(String text, int from, int to) {
    int backslashes = 0;
    while (to - backslashes > from && text.charAt(to - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
