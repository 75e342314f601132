package ferry.format;

import ferry.search.space.Choice;
import ferry.search.space.Constant;
import ferry.search.space.Domain;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Range;
import ferry.search.space.Scale;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The parameters of Katib's Experiment; all of its values are texts. */
final class KatibSpace {
  private static final List<String> TYPES = List.of("double", "int", "discrete", "categorical");
  private static final List<String> DISTRIBUTIONS =
      List.of("uniform", "logUniform", "normal", "logNormal");

  /** The name of the parameter that is being read, for errors. */
  private final String name;

  private final Foreign feasible;

  private KatibSpace(String name, Foreign feasible) {
    this.name = name;
    this.feasible = feasible;
  }

  /** The names of all that are declared. */
  static List<String> names(Foreign spec) {
    spec.needed("parameters", "what is searched");
    return spec.inners("parameters").stream().flatMap(one -> one.text("name").stream()).toList();
  }

  /**
   * The space.
   *
   * @param resource the parameter that is no part of it, since it says how long a trial trains
   */
  static Space read(Foreign spec, ForeignSearch search, Optional<String> resource) {
    var parameters = new ArrayList<Parameter>();
    for (var fields : spec.inners("parameters")) {
      var name = fields.neededText("name", "each parameter has one");
      if (!name.matches("[A-Za-z_][\\w-]*")) {
        throw fields.bad(
            "name", "`" + name + "`", "letters from a to z, digits, `-` and `_`, first a letter");
      }
      if (parameters.stream().anyMatch(known -> known.name().equals(name))) {
        throw fields.bad("name", "`" + name + "`, as that of another", "each parameter once");
      }
      search.place(name, fields, "feasibleSpace");
      parameters.add(new Parameter(name, domain(name, fields)));
      fields.rest();
    }
    parameters.removeIf(parameter -> resource.filter(parameter.name()::equals).isPresent());
    return search.space(parameters);
  }

  private static Domain domain(String name, Foreign fields) {
    var type = fields.neededWord("parameterType", TYPES, "one of " + String.join(", ", TYPES));
    var feasible = fields.neededInner("feasibleSpace", "`min` and `max`, or `list`");
    var reader = new KatibSpace(name, feasible);
    var domain =
        switch (type) {
          case "double" -> reader.real();
          case "int" -> reader.whole();
          default -> reader.choice(type);
        };
    feasible.rest();
    return domain;
  }

  private Domain real() {
    double min = feasible.neededReal("min", "the least value of `" + name + "`");
    double max = feasible.neededReal("max", "the greatest value of `" + name + "`");
    var step = feasible.real("step");
    var scale = scale();
    check(min, max, step, scale);
    try {
      return min == max
          ? new Constant(new Value.Real(min))
          : new Range(min, max, scale, step, count(step, max - min));
    } catch (IllegalArgumentException e) {
      throw feasible.bad("max", "`" + feasible.written("max") + "`", "a number not so far away");
    }
  }

  private static OptionalInt count(OptionalDouble step, double width) {
    return step.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.clamp(Math.floor(width / step.getAsDouble()) + 1, 1, 1e6));
  }

  private void check(double min, double max, OptionalDouble step, Scale scale) {
    var least = feasible.written("min");
    if (min > max) {
      throw feasible.bad(
          "max",
          "`" + feasible.written("max") + "`",
          "a number not below `min` of `" + name + "`, which is " + least,
          "write the smaller number as `min`");
    }
    if (scale == Scale.LOG && min <= 0) {
      throw feasible.bad(
          "min",
          "`" + least + "`",
          "a number above zero, for the logarithm of `" + name + "`",
          "start a little above 0, or take `distribution: uniform`");
    }
    boolean narrow = step.isEmpty() || step.getAsDouble() > 0 && step.getAsDouble() <= max - min;
    if (!narrow && min < max) {
      throw feasible.bad(
          "step",
          "`" + feasible.written("step") + "`",
          "a number above zero that fits between `min` and `max` of `" + name + "`");
    }
  }

  private Scale scale() {
    var word = feasible.word("distribution", DISTRIBUTIONS).orElse("uniform");
    return switch (word) {
      case "logUniform" -> Scale.LOG;
      case "normal" -> Scale.NORMAL;
      case "logNormal" -> {
        feasible.warn("distribution", "`logNormal` is drawn as `logUniform`");
        yield Scale.LOG;
      }
      default -> Scale.LINEAR;
    };
  }

  private Domain whole() {
    feasible.needed("min", "the least value of `" + name + "`");
    feasible.needed("max", "the greatest value of `" + name + "`");
    long min = whole("min");
    long max = whole("max");
    var step = feasible.number("step", Long.MIN_VALUE);
    var scale = scale();
    if (scale == Scale.NORMAL) {
      feasible.warn(
          "distribution",
          "`normal` is for `double`: the whole numbers of `" + name + "` are drawn evenly");
    }
    check(
        (double) min,
        (double) max,
        step.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) step.getAsLong()),
        scale);
    try {
      return min == max
          ? new Constant(new Value.Whole(min))
          : new IntRange(min, max, scale == Scale.LOG, step.orElse(1), OptionalInt.empty());
    } catch (IllegalArgumentException e) {
      throw feasible.bad(
          "max", "`" + feasible.written("max") + "`", String.valueOf(e.getMessage()));
    }
  }

  private long whole(String key) {
    var word = feasible.written(key);
    if (word.matches("[+-]?[0-9]+[.][0-9]*|[+-]?[.][0-9]+")) {
      throw feasible.bad(
          key,
          "`" + word + "`",
          "a whole number, since `" + name + "` is an `int`",
          "`parameterType: double` has the numbers between, too");
    }
    return feasible.number(key, Long.MIN_VALUE).orElse(0);
  }

  private Domain choice(String type) {
    feasible.needed("list", "the values of `" + name + "`");
    var values = new ArrayList<Value>();
    for (var item : feasible.scalars("list")) {
      var text = item.text();
      boolean isNumber = !(Value.of(text) instanceof Value.Text);
      if (type.equals("discrete") && !isNumber) {
        throw feasible.wrong(
            item,
            item.described(),
            feasible.what("list"),
            "numbers, since `" + name + "` is `discrete`");
      }
      var value = type.equals("discrete") ? Value.of(text) : new Value.Text(text);
      if (values.contains(value)) {
        throw feasible.wrong(
            item, "`" + text + "` twice", feasible.what("list"), "each value once");
      }
      values.add(value);
    }
    if (values.isEmpty()) {
      throw feasible.bad("list", "an empty list", "at least one value of `" + name + "`");
    }
    return new Choice(values);
  }
}
