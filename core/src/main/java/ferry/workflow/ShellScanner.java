package ferry.workflow;

import ferry.workflow.ShellFrame.CasePart;
import ferry.workflow.ShellFrame.Kind;
import ferry.workflow.ShellFrame.Part;
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
  private int at;
  private int substitutions;
  private int mistaken = -1;
  private int strayParenthesis = -1;

  /** Starts at an offset in a text; {@code base} is a command, or the body of a heredoc. */
  ShellScanner(String text, int from, Kind base) {
    this.text = text;
    this.at = from;
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

  /** Where a compound command like {@code if} was begun that is not yet ended. */
  Optional<ShellKeywords.Compound> compound() {
    return keywords.innermost();
  }

  /** Where arithmetic was begun that turned out to be something else; -1 if nowhere. */
  int mistaken() {
    return mistaken;
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
      case PARAMETER -> parameter(c);
      case ARITHMETIC -> arithmetic(c, '(', ')');
      case SQUARE -> arithmetic(c, '[', ']');
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
      expansion(c);
    }
  }

  /** What is special even in double quotes. */
  private void expansion(char c) {
    switch (c) {
      case '\\' -> move(2);
      case '$' -> dollar(false);
      case '`' -> at = Math.min(text.length(), backquoteEnd() + 1);
      default -> move(1);
    }
  }

  private void parameter(char c) {
    var frame = top();
    switch (c) {
      case '}' -> close(1);
      case '"' -> open(Kind.DOUBLE, 1);
      case '\'' -> open(Kind.SINGLE, 1);
      case '$' -> dollar(!frame.quoted);
      case '\\', '`' -> expansion(c);
      default -> {
        if (at > frame.opened + 2) {
          partOf(frame, c);
        }
        move(1);
      }
    }
  }

  private void partOf(ShellFrame frame, char c) {
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

  private void arithmetic(char c, char opening, char closing) {
    var frame = top();
    if (c == '"') {
      open(Kind.DOUBLE, 1);
    } else if (c == '\'') {
      open(Kind.SINGLE, 1);
    } else if (c == opening) {
      frame.depth++;
      move(1);
    } else if (c == closing && frame.depth > 0) {
      frame.depth--;
      move(1);
    } else if (c == closing && (closing == ']' || text.startsWith("))", at))) {
      close(closing == ']' ? 1 : 2);
    } else if (c == closing) {
      mistaken = frame.opened;
      close(1);
    } else {
      expansion(c);
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
        dollar(true);
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
    boolean strip = at < text.length() && text.charAt(at) == '-';
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
    frame.announced.add(new Heredoc(delimiter.toString(), quoted, strip));
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

  private void dollar(boolean quotes) {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    switch (next) {
      case '(' -> {
        boolean arithmetic = text.startsWith("$((", at);
        open(arithmetic ? Kind.ARITHMETIC : Kind.SUBSTITUTION, arithmetic ? 3 : 2);
      }
      case '{' -> open(Kind.PARAMETER, 2);
      case '[' -> open(Kind.SQUARE, 2);
      case '\'' -> {
        if (quotes) {
          open(Kind.DOLLAR_SINGLE, 2);
        } else {
          move(1);
        }
      }
      case '$', '#', '!', '?', '@', '*', '-' -> move(2);
      default -> move(1);
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
    substitutions += kind.holdsWords() && kind != Kind.SUBSTITUTION ? 0 : 1;
    move(length);
  }

  /** Closes what is innermost, whose closing has so many characters. */
  void close(int length) {
    var closed = open.removeLast();
    substitutions -= closed.kind.holdsWords() && closed.kind != Kind.SUBSTITUTION ? 0 : 1;
    top().empty = false;
    move(length);
  }

  private void move(int length) {
    at = Math.min(text.length(), at + length);
  }
}
