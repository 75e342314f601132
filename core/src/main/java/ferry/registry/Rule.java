package ferry.registry;

import ferry.error.RequestError;
import ferry.query.Operator;
import ferry.registry.Measured.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must hold for a version to be promoted, like {@code accuracy > champion.accuracy and loss <
 * 0.3}: a name is a metric of the version, {@code alias.name} one of the version that has the alias
 * now.
 */
public record Rule(List<Part> parts) {
  private static final Pattern PART =
      Pattern.compile("\\s*([^\\s<>=!]+)\\s*(<=|>=|==|!=|=|<|>)\\s*([^\\s<>=!]+)\\s*");
  private static final Pattern AND = Pattern.compile("\\s+(?i:and)\\s+|&&");

  private static final int MOST_SHOWN = 200;

  /** Two sides and how they compare. */
  public record Part(String left, Operator operator, String right) {
    @Override
    public String toString() {
      return left + " " + operator.word() + " " + right;
    }
  }

  /**
   * What came of a rule.
   *
   * @param words each part with its numbers, for the record
   * @param help for each name that was not measured, which was meant perhaps; where there is one,
   *     the rule does not hold
   */
  public record Verdict(boolean holds, List<String> words, List<String> help) {
    public Verdict {
      words = List.copyOf(words);
      help = List.copyOf(help);
    }
  }

  public Rule {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a rule.
   *
   * @throws ferry.error.UserException where it cannot be read
   */
  public static Rule parse(String text) {
    var parts = new ArrayList<Part>();
    for (var piece : AND.split(text, -1)) {
      var match = PART.matcher(piece);
      if (!match.matches()) {
        throw new RequestError.BadRequest(
                "the rule `" + shown(text) + "` cannot be read at `" + shown(piece.strip()) + "`",
                List.of("a rule looks like this: accuracy > champion.accuracy and loss < 0.3"))
            .thrown();
      }
      parts.add(new Part(match.group(1), operator(match.group(2)), match.group(3)));
    }
    return new Rule(parts);
  }

  private static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }

  private static Operator operator(String word) {
    return switch (word) {
      case "<" -> Operator.LESS;
      case "<=" -> Operator.LESS_OR_EQUAL;
      case ">" -> Operator.GREATER;
      case ">=" -> Operator.GREATER_OR_EQUAL;
      case "!=" -> Operator.NOT_EQUAL;
      default -> Operator.EQUAL;
    };
  }

  /**
   * Whether it holds. Where no version has the alias that is to be given, there is nothing to
   * compare with, and a part that names it holds. Whatever else was not measured cannot be checked,
   * and does not hold.
   */
  public Verdict check(Measured measured) {
    var checks = parts.stream().map(part -> check(part, measured)).toList();
    return new Verdict(
        checks.stream().allMatch(Verdict::holds),
        checks.stream().flatMap(check -> check.words.stream()).toList(),
        checks.stream().flatMap(check -> check.help.stream()).distinct().toList());
  }

  private static Verdict check(Part part, Measured measured) {
    var left = measured.side(part.left);
    var right = measured.side(part.right);
    var missing =
        Stream.of(left, right)
            .filter(Side.Unmeasured.class::isInstance)
            .map(Side.Unmeasured.class::cast)
            .toList();
    if (!missing.isEmpty()) {
      return new Verdict(
          false,
          missing.stream().map(side -> part + ": `" + side.name() + "` was not measured").toList(),
          missing.stream().map(Side.Unmeasured::help).toList());
    }
    if (left instanceof Side.Known(double a) && right instanceof Side.Known(double b)) {
      boolean good = !Double.isNaN(a) && !Double.isNaN(b) && compare(part, a, b);
      return verdict(good, part + ": " + a + " against " + b);
    }
    if (isNoNumber(left) || isNoNumber(right)) {
      return verdict(false, part + ": NaN is no number");
    }
    var words = part + ": no version is `" + measured.alias() + "` yet";
    return new Verdict(true, List.of(words), List.of());
  }

  private static Verdict verdict(boolean holds, String words) {
    return new Verdict(holds, List.of(words + (holds ? ", holds" : ", does not hold")), List.of());
  }

  private static boolean isNoNumber(Side side) {
    return side instanceof Side.Known(double value) && Double.isNaN(value);
  }

  private static boolean compare(Part part, double left, double right) {
    int order = Double.compare(left + 0.0, right + 0.0);
    return switch (part.operator) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case NOT_EQUAL -> order != 0;
      case EQUAL -> order == 0;
      case LIKE, ILIKE, IN, NOT_IN, IS_NULL, IS_NOT_NULL ->
          throw new IllegalStateException("no rule compares with " + part.operator);
    };
  }
}
