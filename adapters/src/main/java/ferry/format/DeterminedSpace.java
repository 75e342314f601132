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
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Determined's hyperparameters, nested as deep as they are. */
final class DeterminedSpace {
  private static final List<String> TYPES = List.of("const", "int", "double", "log", "categorical");
  private static final int MOST_IN_GRID = 1_000_000;

  private final List<Parameter> parameters = new ArrayList<>();

  private DeterminedSpace() {}

  static Space read(Foreign hyperparameters) {
    var space = new DeterminedSpace();
    space.add("", hyperparameters);
    return new Space(space.parameters);
  }

  private void add(String prefix, Foreign level) {
    for (var entry : level.mapping().entries()) {
      var key = entry.key().text();
      var name = prefix + key;
      if (!name.matches("[A-Za-z_][\\w-]*(\\.[A-Za-z_][\\w-]*)*")) {
        throw level.error(
            new FileError.WrongType(
                "a hyperparameter",
                "`" + key + "`",
                "a name of letters, digits and `_`",
                List.of()),
            entry.key());
      }
      level.node(key);
      switch (entry.value()) {
        case Node.Mapping mapping when mapping.has("type") ->
            parameters.add(new Parameter(name, domain(level.inner(mapping, key))));
        case Node.Mapping mapping -> add(name + ".", level.inner(mapping, key));
        case Node other -> parameters.add(new Parameter(name, new Constant(Foreign.value(other))));
      }
    }
  }

  private static Domain domain(Foreign fields) {
    var type = fields.neededText("type");
    Domain domain =
        switch (type) {
          case "const" -> new Constant(Foreign.value(fields.needed("val")));
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
    var near = Names.nearest(type, TYPES).map(name -> "did you mean `" + name + "`?");
    return fields.bad(
        "type",
        "`" + type + "`",
        "one of " + String.join(", ", TYPES),
        near.stream().toArray(String[]::new));
  }

  private static Domain categorical(Foreign fields) {
    fields.needed("vals");
    var values = fields.list("vals").stream().map(Foreign::value).toList();
    try {
      return new Choice(values);
    } catch (IllegalArgumentException e) {
      throw fields.bad("vals", "a list with no value or one twice", "values, each once");
    }
  }

  private static Domain whole(Foreign fields) {
    fields.needed("minval");
    fields.needed("maxval");
    long min = fields.number("minval", Long.MIN_VALUE).orElse(0);
    long max = fields.number("maxval", Long.MIN_VALUE).orElse(0);
    check(fields, (double) min, (double) max);
    try {
      return new IntRange(min, max, false, 1, count(fields));
    } catch (IllegalArgumentException e) {
      throw fields.bad("maxval", "`" + max + "`", String.valueOf(e.getMessage()));
    }
  }

  private static Domain real(Foreign fields) {
    double min = fields.neededReal("minval");
    double max = fields.neededReal("maxval");
    check(fields, min, max);
    return new Range(min, max, Scale.LINEAR, OptionalDouble.empty(), count(fields));
  }

  private static Domain log(Foreign fields) {
    double min = fields.neededReal("minval");
    double max = fields.neededReal("maxval");
    check(fields, min, max);
    double base = fields.real("base").orElse(10);
    if (base <= 0) {
      throw fields.bad("base", "`" + base + "`", "a number above zero");
    }
    var count = count(fields);
    try {
      return new Power(base, min, max, count);
    } catch (IllegalArgumentException e) {
      throw fields.bad(
          "maxval", "`" + max + "`", "exponents: `minval: -4` is " + base + " to the power of -4");
    }
  }

  private static void check(Foreign fields, double min, double max) {
    if (min > max || min == max) {
      throw fields.bad("maxval", "`" + new Value.Real(max).text() + "`", "a number above `minval`");
    }
  }

  private static OptionalInt count(Foreign fields) {
    OptionalLong count = fields.number("count", 1);
    if (count.orElse(1) > MOST_IN_GRID) {
      throw fields.bad("count", "`" + count.getAsLong() + "`", "at most " + MOST_IN_GRID);
    }
    return count.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) count.getAsLong());
  }
}
