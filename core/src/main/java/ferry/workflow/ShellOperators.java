package ferry.workflow;

import ferry.workflow.ShellFrame.CasePart;
import ferry.workflow.ShellFrame.Kind;

/** Reads what ends a word of a shell command: blanks, separators, redirections, parentheses. */
final class ShellOperators {
  private final ShellScanner scanner;
  private final ShellKeywords keywords;
  private final String text;
  private int strayParenthesis = -1;

  ShellOperators(ShellScanner scanner, ShellKeywords keywords) {
    this.scanner = scanner;
    this.keywords = keywords;
    this.text = scanner.text();
  }

  /** Where a parenthesis was closed that was not open; -1 if nowhere. */
  int strayParenthesis() {
    return strayParenthesis;
  }

  private int at() {
    return scanner.position();
  }

  /**
   * Something that ends a word; where the word itself changed what is open, that is looked at anew.
   */
  void delimiter(char c) {
    var frame = scanner.top();
    boolean arrayFollows = c == '(' && frame.wordStart >= 0 && text.charAt(at() - 1) == '=';
    if (!arrayFollows) {
      keywords.endWord(frame, at());
      if (scanner.top() != frame) {
        return;
      }
    }
    switch (c) {
      case '\n' -> newline(frame);
      case ';', '&', '|' -> separator(frame, c);
      case '<', '>' -> redirection(frame, c);
      case '(' -> parenthesis(frame, arrayFollows);
      case ')' -> closeParenthesis(frame);
      default -> scanner.move(1);
    }
  }

  private void newline(ShellFrame frame) {
    frame.separate();
    scanner.move(1);
    scanner.expect(frame.announced);
    frame.announced.clear();
  }

  private void separator(ShellFrame frame, char c) {
    if (c == ';'
        && frame.kind == Kind.CASE
        && at() + 1 < text.length()
        && ";&".indexOf(text.charAt(at() + 1)) >= 0) {
      frame.casePart = CasePart.PATTERN;
      scanner.move(1);
    }
    if (c == '&' && text.startsWith("&>", at()) && !text.startsWith("&", at() - 1)) {
      scanner.move(1);
      redirection(frame, '>');
      return;
    }
    frame.separate();
    frame.empty |= !frame.inBody();
    scanner.move(1);
  }

  private void redirection(ShellFrame frame, char c) {
    frame.empty = false;
    if (c == '<' && text.startsWith("<<<", at())) {
      scanner.move(3);
      frame.targetNext = true;
    } else if (c == '<' && text.startsWith("<<", at()) && frame.kind != Kind.TEST) {
      scanner.move(2);
      announce(frame);
    } else {
      scanner.move(at() + 1 < text.length() && ">|&".indexOf(text.charAt(at() + 1)) >= 0 ? 2 : 1);
      frame.targetNext = frame.kind != Kind.TEST;
    }
  }

  private void announce(ShellFrame frame) {
    var announced = Heredoc.announcedAt(text, at());
    frame.announced.add(announced.heredoc());
    scanner.move(announced.end() - at());
  }

  private void parenthesis(ShellFrame frame, boolean array) {
    boolean process = at() > 0 && "<>".indexOf(text.charAt(at() - 1)) >= 0;
    boolean pattern = frame.kind == Kind.CASE && frame.casePart == CasePart.PATTERN;
    if (frame.kind == Kind.TEST || pattern && frame.empty) {
      scanner.move(1);
    } else if (array) {
      scanner.open(Kind.ARRAY, 1);
    } else if (text.startsWith("((", at())
        && (frame.commandNext || frame.untilLoopBody > 0)
        && !process) {
      frame.commandNext = true;
      scanner.open(Kind.ARITHMETIC, 2);
    } else {
      frame.targetNext &= !process;
      scanner.open(Kind.PAREN, 1);
    }
  }

  private void closeParenthesis(ShellFrame frame) {
    switch (frame.kind) {
      case CASE -> {
        if (frame.casePart == CasePart.PATTERN) {
          frame.casePart = CasePart.BODY;
          frame.separate();
          scanner.move(1);
        } else {
          scanner.leaveCase();
        }
      }
      case COMMAND -> {
        strayParenthesis = strayParenthesis < 0 ? at() : strayParenthesis;
        scanner.move(1);
      }
      case PAREN -> {
        boolean function = frame.empty;
        scanner.close(1);
        scanner.top().commandNext |= function;
      }
      case TEST -> scanner.move(1);
      default -> scanner.close(1);
    }
  }
}
