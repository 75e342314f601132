package ferry.format;

import ferry.error.FileError;
import ferry.search.space.Choice;
import ferry.search.space.Constant;
import ferry.search.space.Domain;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Power;
import ferry.search.space.Range;
import ferry.search.space.Scale;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Determined's hyperparameters, nested as deep as they are. */
final class DeterminedSpace {
  private static final List<String> TYPES = List.of("const", "int", "double", "log", "categorical");
  private static final int MOST_IN_GRID = 1_000_000;

  /** What other libraries call the types. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "integer", "int",
          "float", "double",
          "uniform", "double",
          "real", "double",
          "loguniform", "log",
          "choice", "categorical",
          "constant", "const");

  private final List<Parameter> parameters = new ArrayList<>();
  private final ForeignSearch search;

  private DeterminedSpace(ForeignSearch search) {
    this.search = search;
  }

  static Space read(Foreign hyperparameters, ForeignSearch search) {
    var space = new DeterminedSpace(search);
    space.add("", hyperparameters);
    return search.space(space.parameters);
  }

  private void add(String prefix, Foreign level) {
    for (var entry : level.mapping().entries()) {
      var key = entry.key().text();
      var name = prefix + key;
      if (!name.matches("[A-Za-z_][\\w-]*(\\.[A-Za-z_][\\w-]*)*")) {
        throw level.error(
            new FileError.WrongType(
                "the name of a hyperparameter",
                "`" + key + "`",
                "letters from a to z, digits, `_` and `-`, first a letter; a dot nests",
                List.of()),
            entry.key());
      }
      level.node(key);
      search.place(name, level, key);
      switch (entry.value()) {
        case Node.Mapping mapping when mapping.has("type") ->
            parameters.add(new Parameter(name, domain(level.inner(mapping, key))));
        case Node.Mapping mapping -> add(name + ".", level.inner(mapping, key));
        case Node other ->
            parameters.add(new Parameter(name, new Constant(ForeignValue.of(other))));
      }
    }
  }

  private static Domain domain(Foreign fields) {
    var type = fields.neededText("type");
    Domain domain =
        switch (type) {
          case "const" ->
              new Constant(
                  ForeignValue.of(
                      fields.needed(
                          "val", "`val: 0.1`, or the value alone in place of the mapping")));
          case "categorical" -> categorical(fields);
          case "int" -> whole(fields);
          case "double" -> real(fields);
          case "log" -> log(fields);
          default -> throw unknown(fields, type);
        };
    fields.rest();
    return domain;
  }

  private static RuntimeException unknown(Foreign fields, String type) {
    var other = ELSEWHERE.get(type.toLowerCase(Locale.ROOT));
    return other == null
        ? fields.unknown("type", type, TYPES)
        : fields.unknown("type", type, TYPES, "did you mean `" + other + "`?");
  }

  private static Domain categorical(Foreign fields) {
    fields.needed("vals", "the values, like `vals: [relu, tanh]`");
    var values = new ArrayList<Value>();
    for (var item : fields.list("vals")) {
      var value = ForeignValue.of(item);
      if (values.contains(value)) {
        throw fields.wrong(
            item, "`" + value.text() + "` twice", fields.what("vals"), "each value once");
      }
      values.add(value);
    }
    if (values.isEmpty()) {
      throw fields.bad("vals", "an empty list", "at least one value");
    }
    return new Choice(values);
  }

  private static Domain whole(Foreign fields) {
    fields.needed("minval", "the least value");
    fields.needed("maxval", "the greatest value");
    long min = whole(fields, "minval");
    long max = whole(fields, "maxval");
    check(fields, (double) min, (double) max);
    try {
      return new IntRange(min, max, false, 1, count(fields));
    } catch (IllegalArgumentException e) {
      throw fields.bad("maxval", "`" + max + "`", String.valueOf(e.getMessage()));
    }
  }

  private static long whole(Foreign fields, String key) {
    var word = fields.written(key);
    if (word.matches("[+-]?[0-9]*[.][0-9]*([eE][+-]?[0-9]+)?") && !word.equals(".")) {
      throw fields.bad(
          key, "`" + word + "`", "a whole number", "`type: double` has the numbers between, too");
    }
    return fields.number(key, Long.MIN_VALUE).orElse(0);
  }

  private static Domain real(Foreign fields) {
    double min = fields.neededReal("minval", "the least value");
    double max = fields.neededReal("maxval", "the greatest value");
    check(fields, min, max);
    return new Range(min, max, Scale.LINEAR, OptionalDouble.empty(), count(fields));
  }

  private static Domain log(Foreign fields) {
    double min = fields.neededReal("minval", "the least exponent");
    double max = fields.neededReal("maxval", "the greatest exponent");
    check(fields, min, max);
    double base = fields.real("base").orElse(10);
    if (base <= 0 || base == 1) {
      throw fields.bad("base", "`" + fields.written("base") + "`", "a number above zero, not 1");
    }
    for (var end : List.of("minval", "maxval")) {
      double exponent = fields.real(end).orElse(0);
      if (!Double.isFinite(StrictMath.pow(base, exponent))) {
        throw fields.bad(
            end,
            "`%s`, and %s to that power is too large".formatted(fields.written(end), text(base)),
            "an exponent",
            "`type: log` takes exponents: from `minval: -4` to `maxval: -1` it goes from 0.0001 to"
                + " 0.1");
      }
    }
    return new Power(base, min, max, count(fields));
  }

  private static String text(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static void check(Foreign fields, double min, double max) {
    if (min < max) {
      return;
    }
    var least = fields.written("minval");
    var most = fields.written("maxval");
    throw fields.bad(
        "maxval",
        "`" + most + "`",
        "a number above `minval`, which is " + least,
        min > max
            ? "write `minval: " + most + ", maxval: " + least + "`"
            : "a value that is always the same is written without `type`");
  }

  private static OptionalInt count(Foreign fields) {
    OptionalLong count = fields.number("count", 1, MOST_IN_GRID);
    return count.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) count.getAsLong());
  }
}
