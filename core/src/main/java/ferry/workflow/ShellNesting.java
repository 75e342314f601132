package ferry.workflow;

import ferry.workflow.ShellFrame.Kind;
import java.util.ArrayList;
import java.util.List;

/** What is open at one place of a shell command, from the outermost to the innermost. */
final class ShellNesting {
  private final List<ShellFrame> open = new ArrayList<>();
  private int substitutions;
  private int parameters;
  private int mistaken = -1;

  /** At the beginning, where {@code base} alone is open. */
  ShellNesting(Kind base, int from) {
    open.add(new ShellFrame(base, from, false, false));
  }

  ShellFrame top() {
    return open.getLast();
  }

  /** What the innermost stands in. */
  ShellFrame below() {
    return open.get(Math.max(0, open.size() - 2));
  }

  /** Whether nothing was opened since the beginning. */
  boolean isBare() {
    return open.size() == 1;
  }

  /** Whether only grouping is open, as in {@code ( … )}, and no command of its own. */
  boolean isGrouping() {
    return substitutions == 0 && top().kind.holdsWords();
  }

  /** Whether a <code>${…}</code> is open, however far out. */
  boolean isInParameter() {
    return parameters > 0;
  }

  /** Opens something that began at {@code opened}. */
  void open(Kind kind, int opened) {
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
    substitutions += isCommandOfItsOwn(kind) ? 1 : 0;
  }

  /** Closes the innermost, by what closes it. */
  void close() {
    var closed = open.removeLast();
    parameters -= closed.kind == Kind.PARAMETER ? 1 : 0;
    substitutions -= isCommandOfItsOwn(closed.kind) ? 1 : 0;
    top().empty = false;
  }

  private static boolean isCommandOfItsOwn(Kind kind) {
    return !kind.holdsWords() || kind == Kind.SUBSTITUTION;
  }

  /** Leaves a {@code case} that something else closed, for that to be looked at anew. */
  void leaveCase() {
    open.removeLast();
  }

  /** What was taken for arithmetic that began there is something else. */
  void mistake(int opened) {
    mistaken = mistaken < 0 ? opened : Math.min(mistaken, opened);
  }

  /** Where arithmetic began that is something else, or is open still; -1 if nowhere. */
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
}
