package ferry.search.space;

import ferry.error.UserException;
import ferry.workflow.Names;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 1e-4..1e-1 step 0.1 count 5}: two numbers, and what is said of those between. */
final class RangeReader {
  private static final String NUMBER = "[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?";
  private static final Pattern RANGE =
      Pattern.compile(
          "(" + NUMBER + "?)\\s*\\.\\.\\s*(" + NUMBER + "?)((?:\\s.*)?)", Pattern.DOTALL);
  private static final Pattern LIKELY =
      Pattern.compile(
          "\\s*[+-]?([0-9.]*[0-9][0-9.,eE+-]*|(?i:nan|inf|infinity))\\s*\\.\\..*", Pattern.DOTALL);
  private static final Pattern OPTION =
      Pattern.compile("\\s+(step|count|base)[\\s=:]+(" + NUMBER + ")");
  private static final List<String> OPTIONS = List.of("step", "count", "base", "if");

  private final ParameterText in;
  private OptionalDouble step = OptionalDouble.empty();
  private OptionalInt count = OptionalInt.empty();
  private OptionalDouble base = OptionalDouble.empty();

  RangeReader(ParameterText in) {
    this.in = in;
  }

  /** Whether a text is meant as a range, be it a good one or not. */
  static boolean isLikely(String spec) {
    return LIKELY.matcher(spec).matches();
  }

  /**
   * Reads a range.
   *
   * @param kind empty where none is named: whole ends then mean whole numbers
   * @param at where the range begins in the text
   */
  Domain read(String kind, String spec, int at) {
    var found = RANGE.matcher(spec);
    refuseDots(spec, at);
    if (!found.matches() || found.group(1).isEmpty() || found.group(2).isEmpty()) {
      boolean comma = spec.matches("(?s).*[0-9],[0-9].*\\.\\..*");
      throw in.error(
          at,
          spec,
          "`" + spec.strip() + "`",
          "two numbers with `..` between them, like `1e-4..1e-1`",
          comma ? new String[] {"a decimal point is a point, not a comma"} : new String[0]);
    }
    double min = number(found, 1, at);
    double max = number(found, 2, at);
    options(found.group(3), at + found.start(3));
    checkEnds(kind, found, min, max, at);
    try {
      return made(kind, found, min, max);
    } catch (IllegalArgumentException | ArithmeticException reason) {
      throw in.error(at, spec, "`" + spec.strip() + "`", String.valueOf(reason.getMessage()));
    }
  }

  private void refuseDots(String spec, int at) {
    int dots = spec.indexOf("...");
    if (dots >= 0) {
      throw in.error(at + dots, at + dots + 3, "`...` in its range", "two dots, like `1e-4..1e-1`");
    }
    int second = spec.indexOf("..", Math.max(0, spec.indexOf("..")) + 2);
    if (second >= 0) {
      throw in.error(
          at + second, at + second + 2, "a second `..` in its range", "two numbers, like `1..4`");
    }
  }

  private void checkEnds(String kind, Matcher found, double min, double max, int at) {
    var ends = found.group(1) + ".." + found.group(2);
    int end = at + found.end(2);
    if (min > max) {
      throw in.error(
          at,
          end,
          "the range " + ends,
          "the smaller number first",
          "write `" + found.group(2) + ".." + found.group(1) + "`");
    }
    if (min == max) {
      throw in.error(
          at,
          end,
          "the range " + ends + " of one value",
          "two different numbers",
          "for a value that is always the same write `" + found.group(1) + "`");
    }
    if (kind.startsWith("log") && min <= 0) {
      throw in.error(
          at,
          at + found.end(1),
          "a log range from " + found.group(1),
          "a range above zero",
          "a logarithm has no zero: use `double:`, or start a little above 0");
    }
    checkOptions(kind, found, max - min, at);
  }

  private void checkOptions(String kind, Matcher found, double width, int at) {
    var ends = found.group(1) + ".." + found.group(2);
    if (step.isPresent() && step.getAsDouble() > width) {
      throw in.error(
          at + found.start(3),
          found.group(3),
          "`" + found.group(3).strip() + "`, wider than its range " + ends,
          "a step within the range",
          "only " + found.group(1) + " would be tried");
    }
    if (base.isPresent() && !kind.equals("power")) {
      throw in.error(
          at + found.start(3),
          found.group(3),
          "a base",
          "one only behind `power:`, whose range is of exponents",
          "a `log` range is the same for every base");
    }
  }

  private Domain made(String kind, Matcher found, double min, double max) {
    boolean whole =
        Value.of(found.group(1)) instanceof Value.Whole
            && Value.of(found.group(2)) instanceof Value.Whole
            && isWhole(step.orElse(1));
    return switch (kind) {
      case "int", "logint" -> ints(kind.equals("logint"), whole, min, max);
      case "log", "loguniform" -> new Range(min, max, Scale.LOG, step, count);
      case "normal" -> new Range(min, max, Scale.NORMAL, step, count);
      case "power" -> new Power(base.orElse(10), min, max, count);
      case "" ->
          whole ? ints(false, true, min, max) : new Range(min, max, Scale.LINEAR, step, count);
      default -> new Range(min, max, Scale.LINEAR, step, count);
    };
  }

  private IntRange ints(boolean log, boolean whole, double min, double max) {
    if (!whole && !(isWhole(min) && isWhole(max) && isWhole(step.orElse(1)))) {
      throw new IllegalArgumentException("whole numbers, or `double:` before them");
    }
    return new IntRange((long) min, (long) max, log, (long) step.orElse(1), count);
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number);
  }

  private void options(String rest, int at) {
    var found = OPTION.matcher(rest);
    int end = 0;
    while (end < rest.length() && found.find(end) && found.start() == end) {
      option(found, at);
      end = found.end();
    }
    var after = rest.substring(end).strip();
    if (!after.isEmpty()) {
      throw leftOver(after, rest.substring(end), at + end);
    }
  }

  private void option(Matcher found, int at) {
    double number = number(found, 2, at);
    boolean counted = found.group(1).equals("count");
    if (!(number > 0) || counted && number != (int) number) {
      throw in.error(
          at + found.start(2),
          at + found.end(2),
          "a " + found.group(1) + " of " + found.group(2),
          counted ? "a whole number above zero" : "a number above zero");
    }
    switch (found.group(1)) {
      case "step" -> step = OptionalDouble.of(number);
      case "count" -> count = OptionalInt.of((int) number);
      default -> base = OptionalDouble.of(number);
    }
  }

  private UserException leftOver(String after, String part, int at) {
    var word = after.split("[\\s=:]+", 2)[0];
    if (word.equals("if") || word.equals("when")) {
      return in.error(
          at,
          part,
          "the condition `" + after + "`",
          "one like `if optimizer = sgd` or `if optimizer in [sgd, rmsprop]`");
    }
    if (OPTIONS.contains(word)) {
      return in.error(at, part, "`" + after + "` after its range", "a number after `" + word + "`");
    }
    var near =
        word.toLowerCase(Locale.ROOT).equals("by")
            ? java.util.Optional.of("step")
            : Names.nearest(word, OPTIONS);
    return in.error(
        at,
        part,
        "`" + after + "` after its range",
        "nothing, or `step 0.1`, `count 5`, `if other = value`",
        near.map(name -> "did you mean `" + name + "`?").stream().toArray(String[]::new));
  }

  private double number(Matcher found, int group, int at) {
    var word = found.group(group);
    if (!Value.REAL.matcher(word).matches() || !Double.isFinite(Double.parseDouble(word))) {
      throw in.error(at + found.start(group), at + found.end(group), "`" + word + "`", "a number");
    }
    return Double.parseDouble(word);
  }
}
