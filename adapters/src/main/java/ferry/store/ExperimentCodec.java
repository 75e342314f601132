package ferry.store;

import ferry.experiment.Budget;
import ferry.experiment.Experiment;
import ferry.experiment.Objective;
import ferry.search.Goal;
import ferry.search.Observation;
import ferry.search.SearchPlan;
import ferry.search.Strategy;
import ferry.search.space.Json;
import ferry.search.space.Point;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** An experiment as JSON, without the environment of its place. */
final class ExperimentCodec {
  private ExperimentCodec() {}

  static String write(Experiment experiment) {
    return new Fields()
        .put("template", PlanCodec.write(experiment.template()))
        .put("search", write(experiment.search()))
        .put("objective", write(experiment.objective()))
        .put("time", experiment.budget().time().map(Duration::toString))
        .put("units", experiment.budget().units())
        .json();
  }

  static Experiment read(String json, Map<String, String> environment) {
    var tree = ferry.store.Json.read(json);
    return new Experiment(
        PlanCodec.read(tree.text("template"), environment),
        search(tree.tree("search")),
        objective(tree.tree("objective")),
        new Budget(tree.optionalDuration("time"), tree.optionalNumber("units")));
  }

  private static Map<String, Object> write(SearchPlan plan) {
    return new Fields()
        .put("space", SpaceCodec.write(plan.space()))
        .put("goal", Words.write(plan.goal()))
        .put("method", plan.method())
        .put("settings", plan.settings())
        .put("trials", plan.trials())
        .put("parallel", plan.parallel())
        .put("length", plan.length())
        .put("seed", plan.seed())
        .put("target", plan.target())
        .put("failures", plan.maxFailures())
        .put("points", plan.points().stream().map(ExperimentCodec::text).toList())
        .put("earlier", plan.earlier().stream().map(ExperimentCodec::write).toList())
        .put("strategy", Words.write(plan.strategy()))
        .map();
  }

  private static SearchPlan search(Tree tree) {
    var failures = tree.optionalNumber("failures");
    return new SearchPlan(
        SpaceCodec.read(tree.trees("space")),
        Words.read(Goal.class, tree.text("goal")),
        tree.text("method"),
        tree.words("settings"),
        tree.count("trials", 1),
        tree.count("parallel", 0),
        tree.optionalNumber("length"),
        tree.optionalNumber("seed").orElse(0),
        tree.optionalReal("target"),
        failures.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(Math.toIntExact(failures.getAsLong())),
        tree.texts("points").stream().map(ExperimentCodec::point).toList(),
        tree.trees("earlier").stream().map(ExperimentCodec::observation).toList(),
        Words.read(Strategy.class, tree.text("strategy")));
  }

  private static Map<String, Object> write(Observation known) {
    return new Fields()
        .put("point", text(known.point()))
        .put("value", Double.toString(known.value()))
        .map();
  }

  private static Observation observation(Tree tree) {
    return new Observation(point(tree.text("point")), Double.parseDouble(tree.text("value")));
  }

  /** Names and values, those of nested parameters too, side by side. */
  static String text(Point point) {
    return Json.write(point.flat());
  }

  static Point point(String text) {
    return Json.read(text) instanceof Map<?, ?> flat ? Point.ofFlat(flat) : Point.EMPTY;
  }

  private static Map<String, Object> write(Objective objective) {
    return new Fields()
        .put("metric", objective.metric())
        .put("length", objective.length())
        .put("pattern", objective.pattern())
        .put("file", objective.file())
        .put("events", objective.events())
        .put("endpoint", objective.endpoint())
        .map();
  }

  private static Objective objective(Tree tree) {
    return new Objective(
        tree.text("metric"),
        tree.optionalText("length"),
        tree.optionalText("pattern"),
        tree.optionalText("file"),
        tree.optionalText("events"),
        tree.optionalText("endpoint"));
  }
}
