package ferry.workflow;

import ferry.workflow.ShellFrame.Kind;
import ferry.workflow.ShellFrame.Part;

/** How a shell reads what it expands: parameters, arithmetic, and commands for their output. */
final class ShellExpansions {
  private final ShellScanner scanner;
  private final String text;

  ShellExpansions(ShellScanner scanner) {
    this.scanner = scanner;
    this.text = scanner.text();
  }

  /** What is special even in double quotes. */
  void step(char c) {
    switch (c) {
      case '\\' -> scanner.move(2);
      case '$' -> dollar(false);
      case '`' -> scanner.move(scanner.backquoteEnd() + 1 - scanner.position());
      default -> scanner.move(1);
    }
  }

  /** What is in a <code>${…}</code>. */
  void parameter(char c) {
    var frame = scanner.top();
    int at = scanner.position();
    switch (c) {
      case '}' -> scanner.close(1);
      case '"' -> scanner.open(Kind.DOUBLE, 1);
      case '\'' -> scanner.open(Kind.SINGLE, 1);
      case '$' -> dollar(!frame.quoted);
      case '\\', '`' -> step(c);
      default -> {
        if (at > frame.opened + 2) {
          partOf(frame, c);
        }
        scanner.move(1);
      }
    }
  }

  private void partOf(ShellFrame frame, char c) {
    int at = scanner.position();
    if (frame.part == Part.SUBSCRIPT && c == ']') {
      frame.part = Part.NAME;
    } else if (frame.part == Part.NAME) {
      frame.part =
          switch (c) {
            case '[' -> Part.SUBSCRIPT;
            case '-', '=', '?', '+' -> Part.WORD;
            case '#', '%', '/', '^', ',', '@', '~' -> Part.PATTERN;
            case ':' ->
                at + 1 < text.length() && "-=?+".indexOf(text.charAt(at + 1)) >= 0
                    ? Part.NAME
                    : Part.OFFSET;
            default -> Part.NAME;
          };
    }
  }

  /** What is in arithmetic. */
  void arithmetic(char c, char opening, char closing) {
    var frame = scanner.top();
    int at = scanner.position();
    if (c == '"') {
      scanner.open(Kind.DOUBLE, 1);
    } else if (c == '\'') {
      scanner.open(Kind.SINGLE, 1);
    } else if (c == opening) {
      frame.depth++;
      scanner.move(1);
    } else if (c == closing && frame.depth > 0) {
      frame.depth--;
      scanner.move(1);
    } else if (c == closing && (closing == ']' || text.startsWith("))", at))) {
      scanner.close(closing == ']' ? 1 : 2);
    } else if (c == closing) {
      scanner.mistake(frame.opened);
      scanner.close(1);
    } else {
      step(c);
    }
  }

  /** A dollar; {@code quotes} tells whether a quote behind it opens a text with escapes. */
  void dollar(boolean quotes) {
    int at = scanner.position();
    char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    switch (next) {
      case '(' -> {
        boolean arithmetic = text.startsWith("$((", at);
        scanner.open(arithmetic ? Kind.ARITHMETIC : Kind.SUBSTITUTION, arithmetic ? 3 : 2);
      }
      case '{' -> scanner.open(Kind.PARAMETER, 2);
      case '[' -> scanner.open(Kind.SQUARE, 2);
      case '\'' -> {
        if (quotes) {
          scanner.open(Kind.DOLLAR_SINGLE, 2);
        } else {
          scanner.move(1);
        }
      }
      case '$', '#', '!', '?', '@', '*', '-' -> scanner.move(2);
      default -> scanner.move(1);
    }
  }
}
