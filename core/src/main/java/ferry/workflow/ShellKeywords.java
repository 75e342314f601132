package ferry.workflow;

import ferry.workflow.ShellFrame.CasePart;
import ferry.workflow.ShellFrame.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** What the shell's own words open and close, and after which of them a command begins. */
final class ShellKeywords {
  /** Words that mean something to a shell where a command would begin. */
  static final Set<String> RESERVED =
      Set.of(
          "if",
          "then",
          "else",
          "elif",
          "fi",
          "do",
          "done",
          "case",
          "esac",
          "while",
          "until",
          "for",
          "select",
          "in",
          "function",
          "time",
          "coproc",
          "{",
          "}",
          "!",
          "[[",
          "]]");

  /** Words after which, or after whose end, another of these words may stand. */
  private static final Set<String> BEFORE_COMMAND =
      Set.of(
          "if", "then", "else", "elif", "do", "while", "until", "time", "{", "!", "fi", "done", "}",
          "case", "[[");

  private static final int LONGEST = 8;

  /** A compound command that was begun, and where. */
  record Compound(String word, int position) {}

  private final ShellScanner scanner;
  private final Deque<Compound> compounds = new ArrayDeque<>();

  ShellKeywords(ShellScanner scanner) {
    this.scanner = scanner;
  }

  Optional<Compound> innermost() {
    return Optional.ofNullable(compounds.peek());
  }

  /** Ends the word that is being read, if one is, before {@code at}; may open or close a frame. */
  void endWord(ShellFrame frame, int at) {
    int start = frame.wordStart;
    if (start < 0) {
      return;
    }
    boolean first = frame.wordFirst;
    var word = frame.wordPlain && at - start <= LONGEST ? scanner.text().substring(start, at) : "";
    frame.wordStart = -1;
    if (frame.targetNext) {
      frame.targetNext = false;
    } else if (frame.kind == Kind.TEST) {
      if (word.equals("]]")) {
        scanner.close(0);
      }
    } else if (frame.kind == Kind.CASE && !frame.inBody()) {
      inCase(frame, word);
    } else if (first) {
      frame.commandNext = isAssignment(start, at);
      keyword(frame, word, start);
    } else if (frame.untilLoopBody == 1 && word.equals("do")) {
      frame.commandNext = true;
    }
  }

  private boolean isAssignment(int start, int at) {
    var text = scanner.text();
    int i = start;
    while (i < at && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) {
      i++;
    }
    return i > start && i < at && text.charAt(i) == '=';
  }

  private void keyword(ShellFrame frame, String word, int start) {
    frame.commandNext |= BEFORE_COMMAND.contains(word);
    boolean outermost = frame.kind == Kind.COMMAND;
    switch (word) {
      case "case" -> scanner.open(Kind.CASE, start, 0);
      case "[[" -> scanner.open(Kind.TEST, start, 0);
      case "esac" -> {
        if (frame.kind == Kind.CASE) {
          scanner.close(0);
          scanner.top().commandNext = true;
        }
      }
      case "for", "select" -> frame.untilLoopBody = 3;
      default -> {}
    }
    if (outermost) {
      compound(word, start);
    }
  }

  private void compound(String word, int start) {
    switch (word) {
      case "if", "for", "select", "while", "until", "{" ->
          compounds.push(new Compound(word, start));
      case "fi" -> end("if");
      case "done" -> end("for", "select", "while", "until");
      case "}" -> end("{");
      default -> {}
    }
  }

  private void end(String... begun) {
    var innermost = compounds.peek();
    if (innermost != null && Set.of(begun).contains(innermost.word)) {
      compounds.pop();
    }
  }

  private void inCase(ShellFrame frame, String word) {
    switch (frame.casePart) {
      case SUBJECT -> frame.casePart = CasePart.IN;
      case IN -> {
        if (word.equals("in")) {
          frame.casePart = CasePart.PATTERN;
          frame.empty = true;
        }
      }
      case PATTERN -> {
        if (word.equals("esac")) {
          scanner.close(0);
        }
        frame.empty = false;
      }
      case BODY -> {}
    }
  }
}
