package ferry.workflow;

import ferry.workflow.ShellFrame.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Walks over a shell command as a POSIX shell and bash read it, and knows at every character what
 * surrounds it. It never fails: what is not closed at the end is still open in {@link #top()}. The
 * whole walk takes linear time, whatever the nesting.
 */
final class ShellScanner {
  private final String text;
  private final ShellNesting nesting;
  private final Deque<Heredoc> bodies = new ArrayDeque<>();
  private final ShellKeywords keywords = new ShellKeywords(this);
  private final ShellExpansions expansions;
  private final ShellOperators operators;
  private int at;

  /** Starts at an offset in a text; {@code base} is a command, or the body of a heredoc. */
  ShellScanner(String text, int from, Kind base) {
    this.text = text;
    this.at = from;
    this.expansions = new ShellExpansions(this);
    this.operators = new ShellOperators(this, keywords);
    this.nesting = new ShellNesting(base, from);
  }

  boolean done() {
    return at >= text.length();
  }

  int position() {
    return at;
  }

  String text() {
    return text;
  }

  ShellFrame top() {
    return nesting.top();
  }

  /** What the innermost open thing stands in. */
  ShellFrame below() {
    return nesting.below();
  }

  /** Whether nothing is open: neither quotes nor anything with a closing counterpart. */
  boolean bare() {
    return nesting.isBare() && bodies.isEmpty();
  }

  /** Whether only grouping is open, as in {@code ( … )}, and no command of its own. */
  boolean grouped() {
    return nesting.isGrouping() && bodies.isEmpty();
  }

  /** What was taken for arithmetic that began there is something else. */
  void mistake(int opened) {
    nesting.mistake(opened);
  }

  /** Whether a <code>${…}</code> is open, however far out. */
  boolean inParameter() {
    return nesting.isInParameter();
  }

  /** Where a compound command like {@code if} was begun that is not yet ended. */
  Optional<ShellKeywords.Compound> compound() {
    return keywords.innermost();
  }

  /**
   * Where arithmetic was begun that turned out to be something else, or to have no end: what comes
   * after may be read otherwise by a shell. -1 if nowhere.
   */
  int mistaken() {
    return nesting.mistaken();
  }

  /** Where a parenthesis was closed that was not open; -1 if nowhere. */
  int strayParenthesis() {
    return operators.strayParenthesis();
  }

  /** The heredoc whose text starts here. */
  Optional<Heredoc> heredoc() {
    return Optional.ofNullable(bodies.peek());
  }

  /** Whether a comment starts here. */
  boolean atComment() {
    return at < text.length()
        && text.charAt(at) == '#'
        && bodies.isEmpty()
        && top().kind.holdsWords()
        && top().wordStart < 0;
  }

  /** Whether a backquoted command starts here. */
  boolean atBackquote() {
    var kind = top().kind;
    return at < text.length()
        && text.charAt(at) == '`'
        && bodies.isEmpty()
        && kind != Kind.SINGLE
        && kind != Kind.DOLLAR_SINGLE;
  }

  /** The offset of the backquote that closes the one here, or the text's length. */
  int backquoteEnd() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '`') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  /**
   * Takes everything up to {@code end} as a part of the word, or the quotes, that is being read.
   */
  void pass(int end) {
    if (top().kind.holdsWords()) {
      top().word(at, false);
    }
    at = end;
  }

  /** Moves behind the text of the heredoc that starts here. */
  void passHeredoc() {
    var heredoc = bodies.remove();
    at = heredoc.after(text, heredoc.end(text, at));
    if (!bodies.isEmpty() && at < text.length()) {
      at++;
    }
  }

  /** Ends the last word. */
  void finish() {
    if (top().kind.holdsWords()) {
      keywords.endWord(top(), at);
    }
  }

  /** Moves behind the next character, or behind several that belong together. */
  void step() {
    if (!bodies.isEmpty()) {
      passHeredoc();
      return;
    }
    char c = text.charAt(at);
    switch (top().kind) {
      case SINGLE -> quoted(c, '\'', false);
      case DOLLAR_SINGLE -> quoted(c, '\'', true);
      case DOUBLE -> expanding(c, '"');
      case HEREDOC -> expanding(c, '\0');
      case PARAMETER -> expansions.parameter(c);
      case ARITHMETIC -> expansions.arithmetic(c, '(', ')');
      case SQUARE -> expansions.arithmetic(c, '[', ']');
      case COMMAND, SUBSTITUTION, PAREN, ARRAY, CASE, TEST -> command(c);
    }
  }

  private void quoted(char c, char closing, boolean escapes) {
    if (c == closing) {
      close(1);
    } else {
      move(escapes && c == '\\' ? 2 : 1);
    }
  }

  private void expanding(char c, char closing) {
    if (c == closing && closing != '\0') {
      close(1);
    } else {
      expansions.step(c);
    }
  }

  private void command(char c) {
    switch (c) {
      case '\\' -> backslash();
      case '\'' -> openInWord(Kind.SINGLE);
      case '"' -> openInWord(Kind.DOUBLE);
      case '`' -> pass(Math.min(text.length(), backquoteEnd() + 1));
      case '$' -> {
        top().word(at, false);
        expansions.dollar(true);
      }
      case ' ', '\t', '\r', '\n', ';', '&', '|', '<', '>', '(', ')' -> operators.delimiter(c);
      case '#' -> hash();
      default -> plain(c);
    }
  }

  private void backslash() {
    if (!text.startsWith("\\\n", at)) {
      top().word(at, false);
    }
    move(2);
  }

  private void hash() {
    if (atComment()) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else {
      plain('#');
    }
  }

  private void plain(char c) {
    var frame = top();
    boolean begins = frame.wordStart < 0;
    frame.word(at, true);
    if (c == '{') {
      frame.wordBraces = true;
    } else if (c == '[') {
      frame.wordSubscript = frame.kind == Kind.ARRAY ? begins : frame.wordFirst && !begins;
    } else if (c == ']') {
      frame.wordSubscript = false;
    }
    move(1);
  }

  private void openInWord(Kind kind) {
    top().word(at, false);
    open(kind, 1);
  }

  /** Opens something here, whose opening has so many characters. */
  void open(Kind kind, int length) {
    open(kind, at, length);
  }

  /** Opens something that began at {@code opened}. */
  void open(Kind kind, int opened, int length) {
    nesting.open(kind, opened);
    move(length);
  }

  /** Closes what is innermost, whose closing has so many characters. */
  void close(int length) {
    nesting.close();
    move(length);
  }

  /** Takes a {@code case} for closed by what is here, which is looked at anew. */
  void leaveCase() {
    nesting.leaveCase();
  }

  /** The texts of these heredocs come next. */
  void expect(List<Heredoc> announced) {
    bodies.addAll(announced);
  }

  void move(int length) {
    at = Math.min(text.length(), at + length);
  }
}
