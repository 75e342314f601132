package ferry.store;

import ferry.search.space.Choice;
import ferry.search.space.Condition;
import ferry.search.space.Constant;
import ferry.search.space.Domain;
import ferry.search.space.IntRange;
import ferry.search.space.Parameter;
import ferry.search.space.Power;
import ferry.search.space.Range;
import ferry.search.space.Scale;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What may be searched, as JSON. Values stand in it as the JSON text that writes each. */
final class SpaceCodec {
  private SpaceCodec() {}

  static List<Map<String, Object>> write(Space space) {
    return space.parameters().stream().map(SpaceCodec::write).toList();
  }

  static Space read(List<Tree> parameters) {
    return new Space(parameters.stream().map(SpaceCodec::parameter).toList());
  }

  private static Map<String, Object> write(Parameter parameter) {
    return fields(parameter.domain())
        .put("name", parameter.name())
        .put("if", parameter.condition().map(Condition::parameter))
        .put("is", parameter.condition().map(condition -> values(condition.values())))
        .map();
  }

  private static Fields fields(Domain domain) {
    return switch (domain) {
      case Range(double min, double max, var scale, var step, var count) ->
          new Fields()
              .put("kind", "range")
              .put("min", min)
              .put("max", max)
              .put("scale", Words.write(scale))
              .put("step", step)
              .put("count", count);
      case IntRange(long min, long max, boolean log, long step, var count) ->
          new Fields()
              .put("kind", "int")
              .put("min", min)
              .put("max", max)
              .putIf(log, "log", true)
              .put("step", step)
              .put("count", count);
      case Power(double base, double min, double max, var count) ->
          new Fields()
              .put("kind", "power")
              .put("base", base)
              .put("min", min)
              .put("max", max)
              .put("count", count);
      case Choice(var values) -> new Fields().put("kind", "choice").put("values", values(values));
      case Constant(var value) ->
          new Fields().put("kind", "constant").put("values", values(List.of(value)));
    };
  }

  private static Parameter parameter(Tree tree) {
    var condition =
        tree.optionalText("if").map(other -> new Condition(other, valuesOf(tree.texts("is"))));
    return new Parameter(tree.text("name"), domain(tree), condition);
  }

  private static Domain domain(Tree tree) {
    return switch (tree.text("kind")) {
      case "range" ->
          new Range(
              real(tree, "min"),
              real(tree, "max"),
              Words.read(Scale.class, tree.text("scale")),
              tree.optionalReal("step"),
              count(tree));
      case "int" ->
          new IntRange(
              whole(tree, "min"),
              whole(tree, "max"),
              tree.flag("log"),
              whole(tree, "step"),
              count(tree));
      case "power" ->
          new Power(real(tree, "base"), real(tree, "min"), real(tree, "max"), count(tree));
      case "choice" -> new Choice(valuesOf(tree.texts("values")));
      case "constant" -> new Constant(valuesOf(tree.texts("values")).getFirst());
      case String other -> throw Tree.unreadable("there is no domain `" + other + "`");
    };
  }

  private static double real(Tree tree, String name) {
    return tree.optionalReal(name).orElseThrow(() -> Tree.unreadable("`" + name + "` is missing"));
  }

  private static long whole(Tree tree, String name) {
    return tree.optionalNumber(name)
        .orElseThrow(() -> Tree.unreadable("`" + name + "` is missing"));
  }

  private static OptionalInt count(Tree tree) {
    var count = tree.optionalNumber("count");
    return count.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Math.toIntExact(count.getAsLong()));
  }

  private static List<String> values(List<Value> values) {
    return values.stream().map(Value::json).toList();
  }

  private static List<Value> valuesOf(List<String> texts) {
    return texts.stream().map(text -> Value.ofTree(ferry.search.space.Json.read(text))).toList();
  }
}
