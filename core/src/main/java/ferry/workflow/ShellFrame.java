package ferry.workflow;

import java.util.ArrayList;
import java.util.List;

/** Something of the shell's that was opened and not yet closed, and what was read in it so far. */
final class ShellFrame {

  /** What was opened. */
  enum Kind {
    COMMAND("", ""),
    SUBSTITUTION("$(", ")"),
    PAREN("(", ")"),
    ARRAY("(", ")"),
    CASE("case", "esac"),
    TEST("[[", "]]"),
    SINGLE("'", "'"),
    DOLLAR_SINGLE("$'", "'"),
    DOUBLE("\"", "\""),
    PARAMETER("${", "}"),
    ARITHMETIC("((", "))"),
    SQUARE("$[", "]"),
    HEREDOC("", "");

    final String opening;
    final String closing;

    Kind(String opening, String closing) {
      this.opening = opening;
      this.closing = closing;
    }

    /** Whether words are read in it. */
    boolean holdsWords() {
      return switch (this) {
        case COMMAND, SUBSTITUTION, PAREN, ARRAY, CASE, TEST -> true;
        case SINGLE, DOLLAR_SINGLE, DOUBLE, PARAMETER, ARITHMETIC, SQUARE, HEREDOC -> false;
      };
    }
  }

  /** The part of <code>${…}</code> that is being read, by what may stand in it. */
  enum Part {
    NAME,
    SUBSCRIPT,
    OFFSET,
    WORD,
    PATTERN
  }

  /** The part of a {@code case} that is being read. */
  enum CasePart {
    SUBJECT,
    IN,
    PATTERN,
    BODY
  }

  final Kind kind;
  final int opened;
  final boolean quoted;
  final boolean numeric;
  final List<Heredoc> announced = new ArrayList<>(0);
  boolean commandNext = true;
  boolean targetNext;
  int wordStart = -1;
  boolean wordFirst;
  boolean wordPlain;
  boolean wordBraces;
  boolean wordSubscript;
  int untilLoopBody;
  int depth;
  boolean empty = true;
  Part part = Part.NAME;
  CasePart casePart = CasePart.SUBJECT;

  /**
   * Opens something.
   *
   * @param quoted for a parameter: whether it stands in double quotes, a heredoc or arithmetic
   * @param numeric whether what is in it is calculated
   */
  ShellFrame(Kind kind, int opened, boolean quoted, boolean numeric) {
    this.kind = kind;
    this.opened = opened;
    this.quoted = quoted;
    this.numeric = numeric;
    this.commandNext = kind != Kind.ARRAY && kind != Kind.TEST && kind != Kind.CASE;
  }

  /** Whether what stands here now is calculated by the shell's arithmetic. */
  boolean calculates() {
    return numeric || kind == Kind.PARAMETER && (part == Part.SUBSCRIPT || part == Part.OFFSET);
  }

  /** A character at {@code at} that belongs to a word; begins one where none was. */
  void word(int at, boolean plain) {
    empty = false;
    if (wordStart < 0) {
      wordStart = at;
      wordFirst = commandNext && !targetNext;
      wordPlain = true;
      wordBraces = false;
      wordSubscript = false;
      if (untilLoopBody > 0) {
        untilLoopBody--;
      }
    }
    wordPlain &= plain;
  }

  /** An operator that ends a command. */
  void separate() {
    empty &= !inBody();
    commandNext = kind != Kind.ARRAY && kind != Kind.TEST && inBody();
    targetNext = false;
  }

  boolean inBody() {
    return kind != Kind.CASE || casePart == CasePart.BODY;
  }
}
