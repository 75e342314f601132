package ferry.workflow;

import ferry.error.Location;
import ferry.error.TemplateError;
import ferry.error.UserException;
import ferry.workflow.Condition.Instruction;
import ferry.workflow.Condition.Operand;
import ferry.workflow.Condition.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Turns the text of a condition into instructions by Dijkstra's shunting yard, so that depth needs
 * no stack. Where {@code and} or {@code or} stands, a jump is left that its right side completes.
 */
final class ConditionReader {
  private static final String EXPECTED = "expected a comparison like `{step.accuracy} > 0.95`";

  /** What waits for its right side; {@code jump} is the instruction that is completed then. */
  private record Waiting(String word, int start, int jump) {
    int strength() {
      return switch (word) {
        case "or" -> 1;
        case "and" -> 2;
        case "not" -> 3;
        default -> 0;
      };
    }
  }

  private final String text;
  private final String place;
  private final List<Instruction> instructions = new ArrayList<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int at;

  ConditionReader(String text, String place) {
    this.text = text;
    this.place = place;
  }

  List<Instruction> read() {
    do {
      comparison();
      closeParentheses();
    } while (joined());
    complete(0);
    if (!waiting.isEmpty()) {
      int open = waiting.getFirst().start;
      throw error("this `(` is never closed", open, open + 1);
    }
    return instructions;
  }

  /** A comparison, after any number of {@code not} and opening parentheses. */
  private void comparison() {
    while (true) {
      skipBlank();
      if (accept("(")) {
        waiting.push(new Waiting("(", at - 1, -1));
      } else if (acceptWord("not")) {
        waiting.push(new Waiting("not", at - 3, -1));
      } else {
        break;
      }
    }
    var left = operand();
    var operator = operator(left);
    instructions.add(new Instruction.Compare(left, operator, operand()));
  }

  private void closeParentheses() {
    skipBlank();
    while (at < text.length() && text.charAt(at) == ')') {
      complete(1);
      if (waiting.isEmpty()) {
        throw error("this `)` closes nothing", at, at + 1);
      }
      waiting.pop();
      at++;
      skipBlank();
    }
  }

  /** Whether another comparison follows. */
  private boolean joined() {
    if (at >= text.length()) {
      return false;
    }
    for (var word : List.of("and", "or")) {
      if (acceptWord(word)) {
        var joint = new Waiting(word, at - word.length(), instructions.size());
        int strength = joint.strength();
        complete(strength);
        waiting.push(new Waiting(word, joint.start, instructions.size()));
        instructions.add(new Instruction.JumpIf(word.equals("or"), -1));
        return true;
      }
    }
    throw notJoined();
  }

  private UserException notJoined() {
    int end = tokenEnd();
    var found = text.substring(at, end);
    if (found.startsWith("&&") || found.startsWith("||")) {
      var word = found.startsWith("&&") ? "and" : "or";
      return error(
          "`" + found.substring(0, 2) + "` is not known here", at, at + 2, "write `" + word + "`");
    }
    boolean sign = "=!<>".indexOf(found.charAt(0)) >= 0;
    return sign
        ? error(
            "a comparison has two sides, and here is a third",
            at,
            end,
            "join two by `and`, like `1 < {x} and {x} < 3`")
        : error(
            "expected `and`, `or` or the end, found `" + found + "`",
            at,
            end,
            "quote a text that has spaces: `'" + "two words" + "'`");
  }

  /** Completes what waits and binds at least as strongly. */
  private void complete(int strength) {
    while (!waiting.isEmpty() && waiting.element().strength() >= Math.max(1, strength)) {
      var done = waiting.pop();
      if (done.word.equals("not")) {
        instructions.add(new Instruction.Not());
      } else {
        instructions.set(
            done.jump, new Instruction.JumpIf(done.word.equals("or"), instructions.size()));
      }
    }
  }

  private Operator operator(Operand left) {
    skipBlank();
    int start = at;
    while (at < text.length() && "=!<>".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    var sign = text.substring(start, at);
    for (var operator : Operator.values()) {
      if (operator.sign.equals(sign)) {
        return operator;
      }
    }
    var shown = text.substring(left.start(), left.end());
    throw switch (sign) {
      case "" ->
          error(
              "`" + shown + "` alone says nothing: " + EXPECTED,
              left.start(),
              left.end(),
              "write `" + shown + " == true`");
      case "=", "===" -> error("`" + sign + "` is no comparison", start, at, "write `==`");
      case "<>" -> error("`<>` is no comparison", start, at, "write `!=`");
      case "=>" -> error("`=>` is no comparison", start, at, "write `>=`");
      case "=<" -> error("`=<` is no comparison", start, at, "write `<=`");
      default ->
          error(
              "`" + sign + "` is no comparison",
              start,
              at,
              "use `==`, `!=`, `<`, `<=`, `>` or `>=`");
    };
  }

  private Operand operand() {
    skipBlank();
    int start = at;
    if (at >= text.length()) {
      throw error(EXPECTED + ", found the end", at, at);
    }
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      int end = text.indexOf(c, at + 1);
      if (end < 0) {
        throw error("this `" + c + "` is never closed", at, at + 1);
      }
      at = end + 1;
      return new Operand(PlainTemplate.parse(text.substring(start + 1, end)), start, at);
    }
    bareWord();
    if (at == start) {
      throw unexpected();
    }
    return new Operand(PlainTemplate.parse(text.substring(start, at)), start, at);
  }

  private void bareWord() {
    int start = at;
    while (at < text.length() && !endsWord(text.charAt(at))) {
      if (text.charAt(at) == '{') {
        at = placeholderEnd();
      } else {
        at++;
      }
    }
    var word = text.substring(start, at);
    if (word.equals("and") || word.equals("or") || word.equals("not")) {
      throw error(
          EXPECTED + ", found `" + word + "`",
          start,
          at,
          "quote it if it is a text: `'" + word + "'`");
    }
  }

  private int placeholderEnd() {
    if (Placeholder.literalAt(text, at).isPresent()) {
      var name = Placeholder.literalAt(text, at).get();
      throw error(
          "`{{" + name + "}}` is the text `{" + name + "}` and no value",
          at,
          at + name.length() + 4,
          "write `{" + name + "}`");
    }
    var placeholder = Placeholder.at(text, at);
    if (placeholder.isEmpty()) {
      throw error(
          "expected `{name}` or `{step.value}` at this brace",
          at,
          at + 1,
          "quote it if it is a text");
    }
    return placeholder.get().end();
  }

  private UserException unexpected() {
    char c = text.charAt(at);
    if (c == '!') {
      return error("`!` is not known here", at, at + 1, "write `not`");
    }
    int end = tokenEnd();
    return error(EXPECTED + ", found `" + text.substring(at, end) + "`", at, end);
  }

  private static boolean endsWord(char c) {
    return Character.isWhitespace(c) || "=!<>()'\"&|".indexOf(c) >= 0;
  }

  /** Behind what stands here, for showing it: a word, or a few signs. */
  private int tokenEnd() {
    int end = at;
    while (end < text.length() && end - at < 40 && !Character.isWhitespace(text.charAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private boolean accept(String sign) {
    boolean here = text.startsWith(sign, at);
    at += here ? sign.length() : 0;
    return here;
  }

  private boolean acceptWord(String word) {
    int end = at + word.length();
    boolean ends =
        end >= text.length() || endsWord(text.charAt(end)) && "=!<>".indexOf(text.charAt(end)) < 0;
    return ends && accept(word);
  }

  private void skipBlank() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private UserException error(String message, int start, int end, String... help) {
    return new UserException(
        new TemplateError.BadCondition(message, List.of(help)),
        Location.of(place, text, start, end));
  }
}
