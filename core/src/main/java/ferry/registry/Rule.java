package ferry.registry;

import ferry.error.RequestError;
import ferry.query.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What must hold for a version to be promoted, like {@code accuracy > champion.accuracy and loss <
 * 0.3}: a name is a metric of the version, {@code alias.name} one of the version that has the alias
 * now.
 */
public record Rule(List<Part> parts) {
  private static final Pattern PART =
      Pattern.compile("\\s*([^\\s<>=!]+)\\s*(<=|>=|==|!=|=|<|>)\\s*([^\\s<>=!]+)\\s*");
  private static final Pattern AND = Pattern.compile("\\s+(?i:and)\\s+|&&");

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
   */
  public record Verdict(boolean holds, List<String> words) {
    public Verdict {
      words = List.copyOf(words);
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
                "the rule `" + text + "` cannot be read at `" + piece.strip() + "`",
                List.of("a rule looks like this: accuracy > champion.accuracy and loss < 0.3"))
            .thrown();
      }
      parts.add(new Part(match.group(1), operator(match.group(2)), match.group(3)));
    }
    return new Rule(parts);
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
   * Whether it holds. Where no version has the alias that a part names, there is nothing to compare
   * with, and the part holds.
   *
   * @param own the metrics of the version
   * @param byAlias the metrics of the versions that have aliases
   */
  public Verdict check(Map<String, Double> own, Map<String, Map<String, Double>> byAlias) {
    boolean holds = true;
    var words = new ArrayList<String>();
    for (var part : parts) {
      var missing =
          missingAlias(part.left, own, byAlias).or(() -> missingAlias(part.right, own, byAlias));
      if (missing.isPresent()) {
        words.add(part + ": no version is `" + missing.get() + "` yet");
        continue;
      }
      double left = value(part.left, own, byAlias);
      double right = value(part.right, own, byAlias);
      boolean good = !Double.isNaN(left) && !Double.isNaN(right) && compare(part, left, right);
      words.add(
          "%s: %s against %s, %s".formatted(part, left, right, good ? "holds" : "does not hold"));
      holds &= good;
    }
    return new Verdict(holds, words);
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

  private static Optional<String> missingAlias(
      String side, Map<String, Double> own, Map<String, Map<String, Double>> byAlias) {
    int dot = side.indexOf('.');
    boolean isAlias = dot > 0 && !isNumber(side) && !own.containsKey(side);
    var alias = isAlias ? side.substring(0, dot) : "";
    return isAlias && !byAlias.containsKey(alias) ? Optional.of(alias) : Optional.empty();
  }

  private static double value(
      String side, Map<String, Double> own, Map<String, Map<String, Double>> byAlias) {
    if (isNumber(side)) {
      return Double.parseDouble(side);
    }
    var value = own.get(side);
    int dot = side.indexOf('.');
    if (value == null && dot > 0) {
      value = byAlias.getOrDefault(side.substring(0, dot), Map.of()).get(side.substring(dot + 1));
    }
    if (value == null) {
      throw new RequestError.BadRequest(
              "the rule asks for `" + side + "`, which was not measured",
              List.of("measured for this version: " + String.join(", ", own.keySet())))
          .thrown();
    }
    return value;
  }

  private static boolean isNumber(String side) {
    return side.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  }
}
