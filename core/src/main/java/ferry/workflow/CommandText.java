package ferry.workflow;

import ferry.error.CommandError;
import ferry.error.Location;
import ferry.error.UserError;
import ferry.error.UserException;
import ferry.workflow.ShellFrame.Kind;
import java.util.Set;

/**
 * Finds where one command of a one-liner ends: at an arrow, or at the comma or bracket that ends a
 * branch.
 */
final class CommandText {
  private static final Set<String> BINARY =
      Set.of("=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");

  private final String text;
  private final boolean branch;
  private final ShellScanner scanner;
  private int brackets;
  private int end;

  private CommandText(String text, int from, boolean branch) {
    this.text = text;
    this.branch = branch;
    this.scanner = new ShellScanner(text, from, Kind.COMMAND);
    this.end = from;
  }

  /**
   * Where a command ends.
   *
   * @param end behind its last character that is not white space
   * @param stop at what ended it, or at the end of the text
   */
  record End(int end, int stop) {}

  /** Reads the command that begins at {@code from}, in a branch or outside of any. */
  static End read(String text, int from, boolean branch) {
    return new CommandText(text, from, branch).read();
  }

  private End read() {
    while (!scanner.done()) {
      int at = scanner.position();
      if (scanner.heredoc().isEmpty()) {
        if (text.startsWith(">>", at) || text.startsWith("&>>", at)) {
          checkArrow(at);
        }
        if (scanner.bare() && ends(at)) {
          break;
        }
        checkComment(at);
      }
      step();
      checkParenthesis();
      if (!scanner.bare()
          || !OneLiner.isBlank(text.charAt(scanner.position() - 1))
          || scanner.position() - at > 1) {
        end = scanner.position();
      }
    }
    int stop = scanner.position();
    scanner.finish();
    if (!scanner.bare()) {
      throw unclosed();
    }
    return new End(end, stop);
  }

  /** One step of the shell's; its {@code [[ … ]]} may be followed by a comma or bracket of ours. */
  private void step() {
    boolean before = scanner.bare();
    int at = scanner.position();
    boolean test = scanner.top().kind == Kind.TEST && scanner.top().wordStart < 0;
    scanner.step();
    if (before && scanner.top().kind == Kind.TEST) {
      brackets -= 2;
    } else if (test && (text.startsWith("]],", at) || text.startsWith("]]]", at))) {
      scanner.step();
      scanner.finish();
    }
  }

  private void checkParenthesis() {
    int stray = scanner.strayParenthesis();
    if (stray >= 0) {
      throw error(new CommandError.UnopenedParenthesis(), stray, stray + 1);
    }
  }

  private UserException unclosed() {
    var frame = scanner.top();
    var kind = frame.kind;
    boolean dollar = kind == Kind.ARITHMETIC && text.charAt(frame.opened) == '$';
    var opening = dollar ? "$((" : kind.opening;
    return error(
        new CommandError.Unclosed(opening, kind.closing),
        frame.opened,
        frame.opened + opening.length());
  }

  /** Whether the command ends here. */
  private boolean ends(int at) {
    char c = text.charAt(at);
    if (text.startsWith(">>", at)) {
      return true;
    }
    if (c == '[') {
      brackets++;
    } else if (c == ']') {
      return --brackets < 0;
    } else if (c == '`') {
      checkBackquote(at);
    }
    boolean comma = c == ',' && branch && brackets == 0;
    return comma && (at + 1 == text.length() || OneLiner.isBlank(text.charAt(at + 1)));
  }

  private void checkBackquote(int at) {
    if (scanner.backquoteEnd() >= text.length()) {
      throw error(new CommandError.Unclosed("`", "`"), at, at + 1);
    }
  }

  private void checkComment(int at) {
    if (scanner.atComment()) {
      int lineEnd = text.indexOf('\n', at);
      int arrow = text.indexOf(">>", at);
      if (arrow >= 0 && (lineEnd < 0 || arrow < lineEnd)) {
        throw error(new CommandError.ArrowInComment(), at, at + 1);
      }
    }
  }

  private void checkArrow(int at) {
    if (!scanner.grouped()) {
      return;
    }
    if (text.startsWith(">>>", at)) {
      throw error(new CommandError.Appends(">>>"), at, at + 3);
    }
    if (text.charAt(at) == '&') {
      if (!text.startsWith("&", at - 1)) {
        throw error(new CommandError.Appends("&>>"), at, at + 3);
      }
      return;
    }
    int word = scanner.top().wordStart;
    if (word >= 0 && word < at && at - word <= 9 && isDigits(word, at)) {
      throw error(new CommandError.Appends(text.substring(word, at + 2)), word, at + 2);
    }
    if (!scanner.bare()) {
      throw error(new CommandError.ArrowInside(scanner.top().kind.opening), at, at + 2);
    }
    var compound = scanner.compound();
    if (compound.isPresent()) {
      throw error(new CommandError.ArrowInside(compound.get().word()), at, at + 2);
    }
  }

  private boolean isDigits(int from, int to) {
    return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Whether the bracket here is the shell's test: what follows it is a test, not a command. */
  static boolean isTest(String text, int at) {
    int from = text.startsWith("[[", at) ? at + 2 : at + 1;
    if (from >= text.length() || !OneLiner.isBlank(text.charAt(from))) {
      return false;
    }
    int first = skipBlank(text, from);
    int firstEnd = wordEnd(text, first);
    if (first >= text.length()) {
      return false;
    }
    char c = text.charAt(first);
    boolean unary = c == '-' && firstEnd - first == 2;
    boolean negated = c == '!' && firstEnd - first == 1;
    int second = skipBlank(text, firstEnd);
    int secondEnd = wordEnd(text, second);
    boolean alone =
        second < text.length() && text.charAt(second) == ']' && (c == '$' || c == '"' || c == '\'');
    boolean binary = secondEnd - second <= 3 && BINARY.contains(text.substring(second, secondEnd));
    return unary || negated || alone || binary;
  }

  /** Behind the word at {@code from}; words end at white space that is not quoted. */
  static int wordEnd(String text, int from) {
    var scanner = new ShellScanner(text, from, Kind.COMMAND);
    while (!scanner.done()
        && !(scanner.bare() && OneLiner.isBlank(text.charAt(scanner.position())))) {
      scanner.step();
    }
    return scanner.position();
  }

  private static int skipBlank(String text, int from) {
    int at = from;
    while (at < text.length() && OneLiner.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private UserException error(UserError error, int start, int end) {
    return new UserException(error, Location.of(OneLiner.SOURCE, text, start, end));
  }
}
