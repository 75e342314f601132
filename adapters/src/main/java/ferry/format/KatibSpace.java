package ferry.format;

import ferry.search.space.Choice;
import ferry.search.space.Domain;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Range;
import ferry.search.space.Scale;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The parameters of Katib's Experiment; all of its values are texts. */
final class KatibSpace {
  private KatibSpace() {}

  static Space read(Foreign spec) {
    spec.needed("parameters", "what is searched");
    var parameters = new ArrayList<Parameter>();
    for (var fields : spec.inners("parameters")) {
      var name = fields.neededText("name");
      if (!name.matches("[A-Za-z_][\\w-]*")) {
        throw fields.bad("name", "`" + name + "`", "letters, digits, `-` and `_`");
      }
      var type = fields.neededText("parameterType");
      var feasible = fields.neededInner("feasibleSpace", "`min` and `max`, or `list`");
      parameters.add(new Parameter(name, domain(fields, type, feasible)));
      fields.rest();
    }
    try {
      return new Space(parameters);
    } catch (IllegalArgumentException e) {
      throw spec.bad("parameters", String.valueOf(e.getMessage()), "each parameter once");
    }
  }

  private static Domain domain(Foreign fields, String type, Foreign feasible) {
    try {
      Domain domain =
          switch (type) {
            case "double" -> real(feasible);
            case "int" -> whole(feasible);
            case "discrete", "categorical" -> choice(feasible, type);
            default ->
                throw fields.bad(
                    "parameterType", "`" + type + "`", "double, int, discrete or categorical");
          };
      feasible.rest();
      return domain;
    } catch (IllegalArgumentException e) {
      throw fields.bad("feasibleSpace", "no range that can be", String.valueOf(e.getMessage()));
    }
  }

  private static Domain real(Foreign feasible) {
    double min = feasible.neededReal("min");
    double max = feasible.neededReal("max");
    var step = feasible.real("step");
    return new Range(min, max, scale(feasible), step, count(step, max - min));
  }

  private static OptionalInt count(OptionalDouble step, double width) {
    return step.isEmpty() || step.getAsDouble() <= 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.clamp(Math.floor(width / step.getAsDouble()) + 1, 1, 1e6));
  }

  private static Scale scale(Foreign feasible) {
    var word = feasible.text("distribution").orElse("uniform");
    return switch (word) {
      case "uniform" -> Scale.LINEAR;
      case "logUniform" -> Scale.LOG;
      case "normal" -> Scale.NORMAL;
      case "logNormal" -> {
        feasible.warn("distribution", "`logNormal` is drawn as `logUniform`");
        yield Scale.LOG;
      }
      default ->
          throw feasible.bad(
              "distribution", "`" + word + "`", "uniform, logUniform, normal or logNormal");
    };
  }

  private static Domain whole(Foreign feasible) {
    feasible.needed("min");
    feasible.needed("max");
    long min = feasible.number("min", Long.MIN_VALUE).orElse(0);
    long max = feasible.number("max", Long.MIN_VALUE).orElse(0);
    boolean log = scale(feasible) == Scale.LOG;
    long step = feasible.number("step", 1).orElse(1);
    return new IntRange(min, max, log, step, OptionalInt.empty());
  }

  private static Domain choice(Foreign feasible, String type) {
    feasible.needed("list", "the values");
    List<String> texts = feasible.texts("list");
    return new Choice(
        texts.stream()
            .map(text -> type.equals("discrete") ? Value.of(text) : new Value.Text(text))
            .toList());
  }
}
