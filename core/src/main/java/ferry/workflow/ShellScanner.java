package ferry.workflow;

import ferry.workflow.ShellFrame.CasePart;
import ferry.workflow.ShellFrame.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private final List<ShellFrame> open = new ArrayList<>();
  private final Deque<Heredoc> bodies = new ArrayDeque<>();
  private final ShellKeywords keywords = new ShellKeywords(this);
  private final ShellExpansions expansions;
  private int at;
  private int substitutions;
  private int parameters;
  private int mistaken = -1;
  private int strayParenthesis = -1;

  /** Starts at an offset in a text; {@code base} is a command, or the body of a heredoc. */
  ShellScanner(String text, int from, Kind base) {
    this.text = text;
    this.at = from;
    this.expansions = new ShellExpansions(this);
    open.add(new ShellFrame(base, from, false, false));
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
    return open.getLast();
  }

  /** What the innermost open thing stands in. */
  ShellFrame below() {
    return open.get(Math.max(0, open.size() - 2));
  }

  /** Whether nothing is open: neither quotes nor anything with a closing counterpart. */
  boolean bare() {
    return open.size() == 1 && bodies.isEmpty();
  }

  /** Whether only grouping is open, as in {@code ( … )}, and no command of its own. */
  boolean grouped() {
    return substitutions == 0 && top().kind.holdsWords() && bodies.isEmpty();
  }

  /** What was taken for arithmetic that began there is something else. */
  void mistake(int opened) {
    mistaken = mistaken < 0 ? opened : Math.min(mistaken, opened);
  }

  /** Whether a <code>${…}</code> is open, however far out. */
  boolean inParameter() {
    return parameters > 0;
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
    int first = mistaken;
    for (var frame : open) {
      boolean calculates = frame.kind == Kind.ARITHMETIC || frame.kind == Kind.SQUARE;
      if (calculates && (first < 0 || frame.opened < first)) {
        first = frame.opened;
      }
    }
    return first;
  }

  /** Where a parenthesis was closed that was not open; -1 if nowhere. */
  int strayParenthesis() {
    return strayParenthesis;
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
      case ' ', '\t', '\r', '\n', ';', '&', '|', '<', '>', '(', ')' -> delimiter(c);
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

  /**
   * Something that ends a word; where the word itself changed what is open, that is looked at anew.
   */
  private void delimiter(char c) {
    var frame = top();
    boolean arrayFollows = c == '(' && frame.wordStart >= 0 && text.charAt(at - 1) == '=';
    if (!arrayFollows) {
      keywords.endWord(frame, at);
      if (top() != frame) {
        return;
      }
    }
    switch (c) {
      case '\n' -> newline(frame);
      case ';', '&', '|' -> separator(frame, c);
      case '<', '>' -> redirection(frame, c);
      case '(' -> parenthesis(frame, arrayFollows);
      case ')' -> closeParenthesis(frame);
      default -> move(1);
    }
  }

  private void newline(ShellFrame frame) {
    frame.separate();
    move(1);
    bodies.addAll(frame.announced);
    frame.announced.clear();
  }

  private void separator(ShellFrame frame, char c) {
    if (c == ';'
        && frame.kind == Kind.CASE
        && at + 1 < text.length()
        && ";&".indexOf(text.charAt(at + 1)) >= 0) {
      frame.casePart = CasePart.PATTERN;
      move(1);
    }
    if (c == '&' && text.startsWith("&>", at) && !text.startsWith("&", at - 1)) {
      move(1);
      redirection(frame, '>');
      return;
    }
    frame.separate();
    frame.empty |= !frame.inBody();
    move(1);
  }

  private void redirection(ShellFrame frame, char c) {
    frame.empty = false;
    if (c == '<' && text.startsWith("<<<", at)) {
      move(3);
      frame.targetNext = true;
    } else if (c == '<' && text.startsWith("<<", at) && frame.kind != Kind.TEST) {
      move(2);
      announce(frame);
    } else {
      move(at + 1 < text.length() && ">|&".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1);
      frame.targetNext = frame.kind != Kind.TEST;
    }
  }

  private void announce(ShellFrame frame) {
    var announced = Heredoc.announcedAt(text, at);
    frame.announced.add(announced.heredoc());
    at = announced.end();
  }

  private void parenthesis(ShellFrame frame, boolean array) {
    boolean process = at > 0 && "<>".indexOf(text.charAt(at - 1)) >= 0;
    boolean pattern = frame.kind == Kind.CASE && frame.casePart == CasePart.PATTERN;
    if (frame.kind == Kind.TEST || pattern && frame.empty) {
      move(1);
    } else if (array) {
      open(Kind.ARRAY, 1);
    } else if (text.startsWith("((", at)
        && (frame.commandNext || frame.untilLoopBody > 0)
        && !process) {
      frame.commandNext = true;
      open(Kind.ARITHMETIC, 2);
    } else {
      frame.targetNext &= !process;
      open(Kind.PAREN, 1);
    }
  }

  private void closeParenthesis(ShellFrame frame) {
    switch (frame.kind) {
      case CASE -> {
        if (frame.casePart == CasePart.PATTERN) {
          frame.casePart = CasePart.BODY;
          frame.separate();
          move(1);
        } else {
          open.removeLast();
        }
      }
      case COMMAND -> {
        strayParenthesis = strayParenthesis < 0 ? at : strayParenthesis;
        move(1);
      }
      case PAREN -> {
        boolean function = frame.empty;
        close(1);
        top().commandNext |= function;
      }
      case TEST -> move(1);
      default -> close(1);
    }
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
    var parent = top();
    boolean calculated = parent.calculates() && !parent.kind.holdsWords();
    boolean quoted =
        switch (parent.kind) {
          case DOUBLE, HEREDOC, ARITHMETIC, SQUARE -> true;
          case PARAMETER -> parent.quoted;
          default -> false;
        };
    boolean numeric =
        kind == Kind.ARITHMETIC || kind == Kind.SQUARE || calculated && !kind.holdsWords();
    open.add(new ShellFrame(kind, opened, quoted, numeric));
    parameters += kind == Kind.PARAMETER ? 1 : 0;
    substitutions += kind.holdsWords() && kind != Kind.SUBSTITUTION ? 0 : 1;
    move(length);
  }

  /** Closes what is innermost, whose closing has so many characters. */
  void close(int length) {
    var closed = open.removeLast();
    parameters -= closed.kind == Kind.PARAMETER ? 1 : 0;
    substitutions -= closed.kind.holdsWords() && closed.kind != Kind.SUBSTITUTION ? 0 : 1;
    top().empty = false;
    move(length);
  }

  void move(int length) {
    at = Math.min(text.length(), at + length);
  }
}
