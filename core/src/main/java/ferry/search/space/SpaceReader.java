package ferry.search.space;

import ferry.error.Location;
import ferry.error.SearchError;
import ferry.error.UserException;
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a parameter as a user writes it: {@code log:1e-4..1e-1}, {@code int 1..4}, {@code 0..1 step
 * 0.1}, {@code [relu, tanh]}, {@code adam} (a constant), each with an {@code if optimizer = sgd} or
 * {@code if optimizer in [sgd, rmsprop]} after it where it is there only then. {@code count 5} says
 * how many values a grid visits.
 */
public final class SpaceReader {
  private static final List<String> KINDS =
      List.of(
          "double",
          "float",
          "uniform",
          "log",
          "loguniform",
          "int",
          "logint",
          "normal",
          "power",
          "step",
          "choice",
          "const");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(?:[.][A-Za-z_][A-Za-z0-9_-]*)*");
  private static final String NUMBER = "[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?";
  private static final Pattern KIND =
      Pattern.compile("([A-Za-z][A-Za-z_-]*)\\s*(?::\\s*|\\s+(?=[\\[+.0-9-]))(.*)", Pattern.DOTALL);
  private static final Pattern RANGE =
      Pattern.compile(
          "(" + NUMBER + "?)\\s*\\.\\.\\s*(" + NUMBER + "?)((?:\\s.*)?)", Pattern.DOTALL);
  private static final Pattern LOOKS_LIKE_RANGE =
      Pattern.compile("\\s*[+-]?[0-9.]*[0-9][0-9.eE+-]*\\s*\\.\\..*", Pattern.DOTALL);
  private static final Pattern OPTION =
      Pattern.compile("\\s+(step|count|base)[\\s=:]+(" + NUMBER + ")");
  private static final Pattern CONDITION =
      Pattern.compile("\\s+(?:if|when)\\s+(" + NAME + ")\\s*(==|=|in)\\s*(\\S.*)", Pattern.DOTALL);
  private static final String EXAMPLES =
      "a range like `log:1e-4..1e-1` or `int:1..4`, or values like `[relu, tanh]`";

  private final String name;
  private final String source;
  private final String text;
  private final int start;

  private SpaceReader(String name, String source, String text, int start) {
    this.name = name;
    this.source = source;
    this.text = text;
    this.start = start;
  }

  /**
   * Reads {@code lr=log:1e-4..1e-1}.
   *
   * @param source where the text stands, as errors name it
   * @throws UserException with its place, for anything else
   */
  public static Parameter parameter(String source, String text) {
    int equals = text.indexOf('=');
    var name = text.substring(0, Math.max(0, equals)).strip();
    var reader = new SpaceReader(name.isEmpty() ? text : name, source, text, equals + 1);
    if (equals < 0 || !NAME.matcher(name).matches()) {
      throw reader.error(
          0,
          Math.max(1, equals < 0 ? text.length() : equals),
          "`" + text + "`",
          "a name, `=`, and " + EXAMPLES);
    }
    return reader.read();
  }

  /** Reads what stands behind a name, {@code log:1e-4..1e-1}; errors as above. */
  public static Parameter parameter(String name, String source, String text) {
    var reader = new SpaceReader(name, source, text, 0);
    if (!NAME.matcher(name).matches()) {
      throw reader.error(
          0,
          text.length(),
          "a name that cannot be used",
          "letters, digits, `_` and `-`, first a letter");
    }
    return reader.read();
  }

  private Parameter read() {
    var found = CONDITION.matcher(text);
    if (!found.find(start)) {
      return new Parameter(name, domain(text.substring(start), start));
    }
    var list = found.group(3).strip();
    var values =
        list.startsWith("[") ? values(list, found.start(3)) : List.of(Value.of(unquoted(list)));
    return new Parameter(
        name,
        domain(text.substring(start, found.start()), start),
        Optional.of(new Condition(found.group(1), values)));
  }

  private Domain domain(String body, int offset) {
    var blank = body.length() - body.stripLeading().length();
    var spec = body.strip();
    if (spec.isEmpty()) {
      throw error(offset, text.length(), "no values", EXAMPLES);
    }
    if (spec.startsWith("[")) {
      return new Choice(values(spec, offset + blank));
    }
    var kind = KIND.matcher(spec);
    if (kind.matches()
        && (KINDS.contains(kind.group(1)) || LOOKS_LIKE_RANGE.matcher(kind.group(2)).matches())) {
      return ofKind(kind.group(1), kind.group(2), offset + blank, offset + blank + kind.start(2));
    }
    if (LOOKS_LIKE_RANGE.matcher(spec).matches()) {
      return range("", spec, offset + blank);
    }
    return new Constant(Value.of(unquoted(spec)));
  }

  private Domain ofKind(String kind, String rest, int kindAt, int restAt) {
    return switch (kind) {
      case "const" -> new Constant(Value.of(unquoted(rest.strip())));
      case "choice" -> new Choice(values(rest.strip(), restAt));
      case "double",
          "float",
          "uniform",
          "step",
          "log",
          "loguniform",
          "int",
          "logint",
          "normal",
          "power" ->
          range(kind, rest, restAt);
      default -> {
        var nearest =
            Names.nearest(kind, KINDS)
                .map(near -> List.of("did you mean `" + near + "`?"))
                .orElse(List.of());
        throw error(
            kindAt,
            kindAt + kind.length(),
            "the unknown kind `" + kind + "`",
            "one of " + String.join(", ", KINDS),
            nearest);
      }
    };
  }

  private Domain range(String kind, String spec, int at) {
    var found = RANGE.matcher(spec);
    if (!found.matches() || found.group(1).isEmpty() || found.group(2).isEmpty()) {
      throw error(
          at,
          at + spec.length(),
          "`" + spec.strip() + "`",
          "two numbers with `..` between them, like `1e-4..1e-1`");
    }
    double min = number(found, 1, at);
    double max = number(found, 2, at);
    var options = new Options();
    options(found.group(3), at + found.start(3), options);
    if (min > max) {
      throw error(
          at,
          at + found.end(2),
          "the range " + found.group(1) + ".." + found.group(2),
          "the smaller number first",
          List.of("write `" + found.group(2) + ".." + found.group(1) + "`"));
    }
    if (kind.startsWith("log") && min <= 0) {
      throw error(
          at,
          at + found.end(1),
          "a log range from " + found.group(1),
          "a range above zero",
          List.of("a logarithm has no zero: use `double:`, or start a little above 0"));
    }
    try {
      return made(kind, found, min, max, options);
    } catch (IllegalArgumentException | ArithmeticException reason) {
      throw error(
          at, at + spec.length(), "`" + spec.strip() + "`", String.valueOf(reason.getMessage()));
    }
  }

  private static Domain made(String kind, Matcher found, double min, double max, Options options) {
    boolean whole =
        Value.of(found.group(1)) instanceof Value.Whole
            && Value.of(found.group(2)) instanceof Value.Whole
            && options.step.orElse(1) == Math.rint(options.step.orElse(1));
    return switch (kind) {
      case "int", "logint" -> ints(kind.equals("logint"), whole, min, max, options);
      case "log", "loguniform" -> new Range(min, max, Scale.LOG, options.step, options.count);
      case "normal" -> new Range(min, max, Scale.NORMAL, options.step, options.count);
      case "power" -> new Power(options.base, min, max, options.count);
      case "" ->
          whole
              ? ints(false, true, min, max, options)
              : new Range(min, max, Scale.LINEAR, options.step, options.count);
      default -> new Range(min, max, Scale.LINEAR, options.step, options.count);
    };
  }

  private static IntRange ints(
      boolean log, boolean whole, double min, double max, Options options) {
    if (!whole
        && (min != Math.rint(min)
            || max != Math.rint(max)
            || options.step.orElse(1) != Math.rint(options.step.orElse(1)))) {
      throw new IllegalArgumentException("whole numbers");
    }
    return new IntRange((long) min, (long) max, log, (long) options.step.orElse(1), options.count);
  }

  private static final class Options {
    private OptionalDouble step = OptionalDouble.empty();
    private OptionalInt count = OptionalInt.empty();
    private double base = 10;
  }

  private void options(String rest, int at, Options options) {
    var found = OPTION.matcher(rest);
    int end = 0;
    while (end < rest.length() && found.find(end) && found.start() == end) {
      double number = number(found, 2, at);
      if (!(number > 0) || found.group(1).equals("count") && number != (int) number) {
        throw error(
            at + found.start(2),
            at + found.end(2),
            "a " + found.group(1) + " of " + found.group(2),
            "a number above zero");
      }
      switch (found.group(1)) {
        case "step" -> options.step = OptionalDouble.of(number);
        case "count" -> options.count = OptionalInt.of((int) number);
        default -> options.base = number;
      }
      end = found.end();
    }
    if (!rest.substring(end).isBlank()) {
      throw error(
          at + end,
          at + rest.length(),
          "`" + rest.substring(end).strip() + "` after its range",
          "nothing, or `step 0.1`, `count 5`, `if other = value`");
    }
  }

  private double number(Matcher found, int group, int at) {
    var word = found.group(group);
    if (!Value.REAL.matcher(word).matches() || !Double.isFinite(Double.parseDouble(word))) {
      throw error(at + found.start(group), at + found.end(group), "`" + word + "`", "a number");
    }
    return Double.parseDouble(word);
  }

  private List<Value> values(String list, int at) {
    boolean bracket = list.startsWith("[");
    if (bracket && !list.endsWith("]")) {
      throw error(at, at + list.length(), "`" + list + "`", "a closing `]`");
    }
    var inner = bracket ? list.substring(1, list.length() - 1) : list;
    var values = new ArrayList<Value>();
    for (var word : split(inner)) {
      var value = value(word.strip());
      if (word.isBlank() || values.contains(value)) {
        throw error(
            at,
            at + list.length(),
            word.isBlank() ? "an empty value" : "the value `" + word.strip() + "` twice",
            "values, each once, with commas between them");
      }
      values.add(value);
    }
    return values;
  }

  private static List<String> split(String inner) {
    var words = new ArrayList<String>();
    char quote = '\0';
    int from = 0;
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (quote == '\0' && c == ',') {
        words.add(inner.substring(from, i));
        from = i + 1;
      } else if (quote == '\0' && (c == '"' || c == '\'') && inner.substring(from, i).isBlank()) {
        quote = c;
      } else if (c == quote) {
        quote = '\0';
      }
    }
    words.add(inner.substring(from));
    return words;
  }

  private static Value value(String word) {
    var bare = unquoted(word);
    return bare.equals(word) ? Value.of(word) : new Value.Text(bare);
  }

  private static String unquoted(String word) {
    boolean quoted =
        word.length() > 1
            && (word.charAt(0) == '"' || word.charAt(0) == '\'')
            && word.charAt(word.length() - 1) == word.charAt(0);
    return quoted ? word.substring(1, word.length() - 1) : word;
  }

  private UserException error(int from, int to, String found, String expected) {
    return error(from, to, found, expected, List.of());
  }

  private UserException error(int from, int to, String found, String expected, List<String> help) {
    int first = Math.clamp(from, 0, text.length());
    return new SearchError.BadParameter(name, found, expected, help)
        .thrown()
        .at(Location.of(source, text, first, Math.clamp(to, first, text.length())));
  }
}
