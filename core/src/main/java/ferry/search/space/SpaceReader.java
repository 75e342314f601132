package ferry.search.space;

import ferry.error.Location;
import ferry.error.SearchError;
import ferry.error.UserException;
import ferry.workflow.Names;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  /** What other libraries call the kinds. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "integer", "int",
          "randint", "int",
          "range", "int",
          "real", "double",
          "logarithmic", "log",
          "log_uniform", "log",
          "categorical", "choice",
          "quniform", "double");

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(?:[.][A-Za-z_][A-Za-z0-9_-]*)*");
  private static final String A_NAME =
      "letters from a to z, digits, `_` and `-`, first a letter; a dot nests";
  private static final Pattern KIND =
      Pattern.compile("([A-Za-z][A-Za-z_-]*)\\s*(?::\\s*|\\s+(?=[\\[+.0-9-]))(.*)", Pattern.DOTALL);
  private static final Pattern CALL =
      Pattern.compile("(?:[A-Za-z_]+\\.)*([A-Za-z_]+)\\(([^()]*)\\)", Pattern.DOTALL);
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\s+(?:if|when)\\s+(" + NAME + ")\\s*(==|=|in(?=\\s|\\[))\\s*(\\S.*)", Pattern.DOTALL);
  private static final String EXAMPLES =
      "a range like `log:1e-4..1e-1` or `int:1..4`, or values like `[relu, tanh]`";

  private final ParameterText in;
  private final int start;

  private SpaceReader(String name, String source, String text, int start) {
    this.in = new ParameterText(name, source, text);
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
    if (name.isEmpty()) {
      throw reader.in.error(0, text, "`" + text + "`", "a name, `=`, and " + EXAMPLES);
    }
    if (!NAME.matcher(name).matches()) {
      throw badName(name).at(Location.of(source, text, 0, equals));
    }
    return reader.read();
  }

  /** Reads what stands behind a name, {@code log:1e-4..1e-1}; errors as above. */
  public static Parameter parameter(String name, String source, String text) {
    checkName(name);
    return new SpaceReader(name, source, text, 0).read();
  }

  /**
   * Refuses a name that cannot stand in {@code {name}}.
   *
   * @throws UserException without a place
   */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw badName(name);
    }
  }

  /** Where the condition stands in a text; the whole text where it has none. */
  public static Location conditionIn(String source, String text) {
    var found = CONDITION.matcher(text);
    return found.find()
        ? Location.of(source, text, found.start(1), text.stripTrailing().length())
        : Location.of(source, text, 0, text.length());
  }

  private static UserException badName(String name) {
    return new SearchError.BadParameter(name, "a name that cannot be used", A_NAME, List.of())
        .thrown();
  }

  private Parameter read() {
    var text = in.text();
    var found = CONDITION.matcher(text);
    if (!found.find(start)) {
      return new Parameter(in.name(), domain(text.substring(start), start));
    }
    var list = found.group(3).strip();
    boolean isOne = !list.startsWith("[");
    if (isOne && found.group(2).equals("in") && list.matches("(?s).*[,\\s].*")) {
      throw in.error(
          found.start(3),
          found.group(3),
          "`" + list + "` after `in`",
          "values in brackets, like `in [sgd, rmsprop]`");
    }
    var values =
        isOne
            ? List.of(Value.of(ValueList.unquoted(list)))
            : ValueList.read(in, list, found.start(3));
    return new Parameter(
        in.name(),
        domain(text.substring(start, found.start()), start),
        Optional.of(new Condition(found.group(1), values)));
  }

  private Domain domain(String body, int offset) {
    int at = offset + body.length() - body.stripLeading().length();
    var spec = body.strip();
    if (spec.isEmpty()) {
      throw in.error(offset, in.text().length(), "no values", EXAMPLES);
    }
    if (spec.startsWith("[")) {
      return new Choice(ValueList.read(in, spec, at));
    }
    var kind = KIND.matcher(spec);
    if (kind.matches() && (KINDS.contains(kind.group(1)) || RangeReader.isLikely(kind.group(2)))) {
      return ofKind(kind.group(1), kind.group(2), at, at + kind.start(2));
    }
    if (RangeReader.isLikely(spec)) {
      return new RangeReader(in).read("", spec, at);
    }
    refuseCall(spec, at);
    return constant(spec);
  }

  private static Constant constant(String spec) {
    return new Constant(
        ValueList.isQuoted(spec) ? new Value.Text(ValueList.unquoted(spec)) : Value.of(spec));
  }

  private Domain ofKind(String kind, String rest, int kindAt, int restAt) {
    return switch (kind) {
      case "const" -> {
        if (rest.isBlank()) {
          throw in.error(kindAt, in.text().length(), "no value", "one, like `const:adam`");
        }
        yield constant(rest.strip());
      }
      case "choice" -> new Choice(ValueList.read(in, rest.strip(), restAt));
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
          new RangeReader(in).read(kind, rest, restAt);
      default ->
          throw in.error(
              kindAt,
              kindAt + kind.length(),
              "the unknown kind `" + kind + "`",
              "one of " + String.join(", ", KINDS),
              known(kind).map(near -> "did you mean `" + near + "`?").stream()
                  .toArray(String[]::new));
    };
  }

  /** {@code loguniform(1e-4, 1e-1)}, as other libraries write it. */
  private void refuseCall(String spec, int at) {
    var call = CALL.matcher(spec);
    var kind = call.matches() ? known(call.group(1)) : Optional.<String>empty();
    if (kind.isEmpty()) {
      return;
    }
    var words = call.group(2).replaceAll("[\\[\\]]", "").strip().split("\\s*,\\s*");
    var meant =
        kind.get().equals("choice")
            ? "[" + String.join(", ", words) + "]"
            : kind.get() + ":" + String.join("..", words);
    throw in.error(
        at,
        spec,
        "`" + spec + "`",
        EXAMPLES,
        "write `" + meant + "`, or `const:" + spec + "` for this very text");
  }

  private static Optional<String> known(String kind) {
    var word = kind.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(ELSEWHERE.get(word)).or(() -> Names.nearest(word, KINDS));
  }
}
