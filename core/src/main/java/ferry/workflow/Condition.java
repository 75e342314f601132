package ferry.workflow;

import ferry.error.Location;
import ferry.error.TemplateError;
import ferry.error.UserException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * When a step runs: comparisons of values ({@code == != < <= > >=}), joined by {@code and}, {@code
 * or}, {@code not} and parentheses. Two numbers are compared as numbers, anything else as text, and
 * only for being equal. {@code nan} equals itself and is in no order with any number; {@code inf}
 * is above all.
 */
public final class Condition {

  /** Which comparison. */
  enum Operator {
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  /** One side of a comparison, and where it stands. */
  record Operand(PlainTemplate text, int start, int end) {}

  /** A step of the decision; a jump names the step that is next if it is taken. */
  sealed interface Instruction {

    record Compare(Operand left, Operator operator, Operand right) implements Instruction {}

    record Not() implements Instruction {}

    record JumpIf(boolean held, int target) implements Instruction {}
  }

  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(([0-9]++(\\.[0-9]*+)?|\\.[0-9]++)([eE][+-]?[0-9]++)?|(?i:inf|infinity|nan))");

  private final String source;
  private final String place;
  private final List<Instruction> instructions;

  private Condition(String source, String place, List<Instruction> instructions) {
    this.source = source;
    this.place = place;
    this.instructions = List.copyOf(instructions);
  }

  /**
   * Reads a condition.
   *
   * @throws UserException for anything else than a condition, with its place in {@code when}
   */
  public static Condition parse(String source) {
    return parse(source, "when");
  }

  /** Reads a condition that errors call {@code place}. */
  public static Condition parse(String source, String place) {
    return new Condition(source, place, new ConditionReader(source, place).read());
  }

  /** The condition as written. */
  public String source() {
    return source;
  }

  /** The names of its placeholders, in the order written. */
  public Set<String> names() {
    var names = new LinkedHashSet<String>();
    placeholders().forEach(placeholder -> names.add(placeholder.name()));
    return names;
  }

  /** Refuses a placeholder that is none of the known names. */
  public void check(Collection<String> known) {
    for (var placeholder : placeholders()) {
      if (!known.contains(placeholder.name())) {
        throw placeholder.unknown(source, place, known);
      }
    }
  }

  private List<Placeholder> placeholders() {
    return PlainTemplate.parse(source).placeholders();
  }

  /**
   * Whether it holds. What {@code and} and {@code or} no longer need is not looked at.
   *
   * @throws UserException for a name without a value, or an order asked of something that is no
   *     number
   */
  public boolean holds(Function<String, Optional<String>> values) {
    boolean holds = false;
    int at = 0;
    while (at < instructions.size()) {
      int next = at + 1;
      switch (instructions.get(at)) {
        case Instruction.Compare compare -> holds = compare(compare, values);
        case Instruction.Not() -> holds = !holds;
        case Instruction.JumpIf(var held, var target) -> next = holds == held ? target : next;
      }
      at = next;
    }
    return holds;
  }

  /** Another language in which a condition can be written. */
  public interface Language {
    String compare(PlainTemplate left, String sign, PlainTemplate right);

    String not(String condition);

    /** What the second says where the first holds, and else the third. */
    String choice(String condition, String then, String otherwise);

    String always(boolean holds);
  }

  /** The condition in another language; what need not be looked at there is not looked at. */
  public String in(Language language) {
    return from(0, language.always(false), Optional.of(false), language);
  }

  private String from(int at, String holds, Optional<Boolean> known, Language language) {
    if (at >= instructions.size()) {
      return holds;
    }
    return switch (instructions.get(at)) {
      case Instruction.Compare(var left, var operator, var right) ->
          from(
              at + 1,
              language.compare(left.text, operator.sign, right.text),
              Optional.empty(),
              language);
      case Instruction.Not() ->
          known.isPresent()
              ? constant(at + 1, !known.get(), language)
              : from(at + 1, language.not(holds), Optional.empty(), language);
      case Instruction.JumpIf(var held, var target) -> {
        if (known.isPresent()) {
          yield constant(known.get() == held ? target : at + 1, known.get(), language);
        }
        var jumped = constant(target, held, language);
        var next = constant(at + 1, !held, language);
        yield held ? language.choice(holds, jumped, next) : language.choice(holds, next, jumped);
      }
    };
  }

  private String constant(int at, boolean holds, Language language) {
    return from(at, language.always(holds), Optional.of(holds), language);
  }

  private boolean compare(Instruction.Compare compare, Function<String, Optional<String>> values) {
    var left = value(compare.left, values);
    var right = value(compare.right, values);
    return switch (compare.operator) {
      case EQUAL -> same(left, right);
      case UNEQUAL -> !same(left, right);
      case LESS -> leftOf(compare, left) < rightOf(compare, right);
      case AT_MOST -> leftOf(compare, left) <= rightOf(compare, right);
      case MORE -> leftOf(compare, left) > rightOf(compare, right);
      case AT_LEAST -> leftOf(compare, left) >= rightOf(compare, right);
    };
  }

  private static boolean same(String left, String right) {
    var first = number(left);
    var second = number(right);
    if (first.isEmpty() || second.isEmpty()) {
      return left.equals(right);
    }
    double a = first.get();
    double b = second.get();
    return a == b || Double.isNaN(a) && Double.isNaN(b);
  }

  private String value(Operand operand, Function<String, Optional<String>> values) {
    for (var placeholder : operand.text.placeholders()) {
      if (values.apply(placeholder.name()).isEmpty()) {
        var here = Location.of(place, source, operand.start, operand.end);
        throw new TemplateError.UnknownPlaceholder(placeholder.name(), Optional.empty())
            .thrown()
            .at(here);
      }
    }
    return operand.text.render(values);
  }

  private double leftOf(Instruction.Compare compare, String value) {
    return number(value).orElseThrow(() -> notComparable(compare.operator, compare.left, value));
  }

  private double rightOf(Instruction.Compare compare, String value) {
    return number(value).orElseThrow(() -> notComparable(compare.operator, compare.right, value));
  }

  private UserException notComparable(Operator operator, Operand operand, String found) {
    var error = new TemplateError.NotComparable(operator.sign, operand.text.text(), found);
    return error.thrown().at(Location.of(place, source, operand.start, operand.end));
  }

  private static Optional<Double> number(String text) {
    var trimmed = text.strip();
    if (!NUMBER.matcher(trimmed).matches()) {
      return Optional.empty();
    }
    var bare = trimmed.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
    double size =
        switch (bare) {
          case "nan" -> Double.NaN;
          case "inf", "infinity" -> Double.POSITIVE_INFINITY;
          default -> Double.parseDouble(bare);
        };
    return Optional.of(trimmed.startsWith("-") ? -size : size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition condition && condition.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
