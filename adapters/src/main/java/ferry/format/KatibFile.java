package ferry.format;

import ferry.error.UserException;
import ferry.experiment.Budget;
import ferry.experiment.Objective;
import ferry.experiment.Search;
import ferry.experiment.SearchReader.Reading;
import ferry.experiment.SearchReader.Wishes;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import ferry.search.Searcher;
import ferry.search.Strategy;
import ferry.search.space.Space;
import ferry.workflow.Names;
import ferry.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Katib's Experiment. The Job of its trial template becomes the one step of every trial. */
final class KatibFile {
  static final String FORMAT = "Katib's Experiment";

  private static final int USUAL_PARALLEL = 3;
  private static final int MOST_TRIALS = 1_000_000;
  private static final String USUAL_FILE = "/var/log/katib/metrics.log";
  private static final String USUAL_EVENTS = "/var/log/katib/tfevent/";
  private static final Map<String, String> METHODS =
      Map.of(
          "random", "random",
          "grid", "grid",
          "tpe", "tpe",
          "multivariate-tpe", "tpe",
          "bayesianoptimization", "gp",
          "cmaes", "cma-es",
          "sobol", "sobol",
          "hyperband", "hyperband",
          "pbt", "pbt");

  private final Foreign spec;
  private final String name;
  private final Wishes wishes;
  private final List<String> warnings;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private OptionalLong length = OptionalLong.empty();
  private long seed;

  private KatibFile(Foreign spec, String name, Wishes wishes, List<String> warnings) {
    this.spec = spec;
    this.name = name;
    this.wishes = wishes;
    this.warnings = warnings;
    this.seed = wishes.seed();
  }

  static boolean isOne(Node.Mapping root) {
    return root.value("kind")
            .filter(kind -> kind instanceof Node.Scalar word && word.text().equals("Experiment"))
            .isPresent()
        && root.has("apiVersion");
  }

  static Reading read(Source source, Node.Mapping root, Wishes wishes) {
    var warnings = new ArrayList<String>();
    var top = new Foreign(source, root, "", warnings);
    top.text("apiVersion");
    top.text("kind");
    var name =
        top.inner("metadata")
            .map(inner -> {
              var given = inner.text("name").or(() -> inner.text("generateName"));
              inner.node("namespace");
              inner.node("labels");
              inner.ignoreRest();
              return given.orElse("experiment");
            })
            .orElse("experiment");
    var spec = top.neededInner("spec", "an Experiment has `spec`");
    top.ignoreRest();
    return new KatibFile(spec, name, wishes, warnings).read();
  }

  private Reading read() {
    spec.node("nasConfig")
        .ifPresent(_ -> {
          throw spec.bad(
              "nasConfig", "a search for the architecture of a network", "`parameters` to search");
        });
    var space = KatibSpace.read(spec);
    var objective = spec.neededInner("objective", "which metric, and `type: maximize`");
    var goal = goal(objective);
    var method = method();
    var plan =
        new SearchPlan(
            space,
            goal,
            method,
            settings,
            number("trials", spec.number("maxTrialCount", 1).orElse(usualTrials(method))),
            number("parallel", spec.number("parallelTrialCount", 1).orElse(USUAL_PARALLEL)),
            length,
            seed,
            objective.real("goal"),
            failures(),
            List.of(),
            List.of(),
            strategy(objective, goal));
    try {
      new Searcher(plan);
    } catch (UserException e) {
      throw e.at(spec.place("algorithm"));
    }
    objective.rest("additionalMetricNames");
    var search = new Search(plan, collected(objective), Budget.NONE);
    var trial = new KatibTrial(spec.neededInner("trialTemplate"), warnings);
    var workflow = workflow(space, trial);
    spec.rest("resumePolicy");
    return new Reading(workflow, search, FORMAT, warnings).in(trial.image());
  }

  private static int usualTrials(String method) {
    return method.equals("grid") ? MOST_TRIALS : 64;
  }

  private int number(String key, long own) {
    var text = wishes.settings().getOrDefault(key, "");
    long wished = text.matches("[0-9]{1,6}") ? Math.max(1, Long.parseLong(text)) : own;
    return (int) Math.min(wished, MOST_TRIALS);
  }

  private static Goal goal(Foreign objective) {
    var type = objective.neededText("type", "`maximize` or `minimize`");
    return switch (type) {
      case "maximize" -> Goal.MAXIMIZE;
      case "minimize" -> Goal.MINIMIZE;
      default -> throw objective.bad("type", "`" + type + "`", "`maximize` or `minimize`");
    };
  }

  private static Strategy strategy(Foreign objective, Goal goal) {
    var metric = objective.neededText("objectiveMetricName", "the name of the metric");
    for (var strategy : objective.inners("metricStrategies")) {
      var value = strategy.neededText("value");
      if (!List.of("min", "max", "latest").contains(value)) {
        throw strategy.bad("value", "`" + value + "`", "min, max or latest");
      }
      if (strategy.neededText("name").equals(metric)) {
        if (value.equals(goal == Goal.MAXIMIZE ? "min" : "max")) {
          strategy.warn("value", "is the worst value of a trial; its best one counts here");
        }
        return value.equals("latest") ? Strategy.LAST : Strategy.BEST;
      }
    }
    return Strategy.BEST;
  }

  private OptionalInt failures() {
    var most = spec.number("maxFailedTrialCount", 0);
    return most.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.min(most.getAsLong(), MOST_TRIALS));
  }

  private String method() {
    var algorithm = spec.neededInner("algorithm", "for example `algorithmName: random`");
    var word = algorithm.neededText("algorithmName", "for example `random`");
    if (word.equals("enas") || word.equals("darts")) {
      throw algorithm.bad(
          "algorithmName",
          "`" + word + "`, which searches for the architecture of a network",
          "a method that searches parameters: " + String.join(", ", sorted()));
    }
    var method = METHODS.get(word);
    if (method == null) {
      var near = Names.nearest(word, METHODS.keySet()).map(one -> "did you mean `" + one + "`?");
      throw algorithm.bad(
          "algorithmName",
          "the unknown algorithm name `" + word + "`",
          "one of " + String.join(", ", sorted()),
          near.stream().toArray(String[]::new));
    }
    for (var setting : algorithm.inners("algorithmSettings")) {
      set(method, setting);
    }
    algorithm.rest();
    return early(method);
  }

  private static List<String> sorted() {
    return METHODS.keySet().stream().sorted().toList();
  }

  private void set(String method, Foreign setting) {
    var key = setting.neededText("name");
    var value = setting.text("value").orElse("");
    boolean whole = value.matches("[0-9]{1,15}");
    switch (key) {
      case "random_state", "seed" -> seed = whole ? Long.parseLong(value) : seed;
      case "r_l" -> length = whole ? OptionalLong.of(Long.parseLong(value)) : length;
      case "eta" -> settings.put("eta", value);
      case "n_population" -> settings.put("population_size", value);
      case "truncation_threshold" -> settings.put("truncate_fraction", value);
      case "resample_probability" -> settings.put(key, value);
      default -> setting.warn("name", "`" + key + "` is no setting of `" + method + "` here");
    }
    setting.rest();
  }

  private String early(String method) {
    var early = spec.inner("earlyStopping");
    if (early.isEmpty()) {
      return method;
    }
    var word = early.get().neededText("algorithmName");
    if (!word.equals("medianstop")) {
      throw early
          .get()
          .bad("algorithmName", "the unknown algorithm name `" + word + "`", "medianstop");
    }
    for (var setting : early.get().inners("algorithmSettings")) {
      var key = setting.neededText("name");
      if (!List.of("min_trials_required", "start_step").contains(key)) {
        throw setting.bad(
            "name",
            "the unknown setting `" + key + "` for algorithm medianstop",
            "min_trials_required or start_step");
      }
      settings.put(key, setting.neededText("value"));
      setting.rest();
    }
    early.get().rest();
    settings.put("sampler", method.equals("grid") ? "random" : method);
    return "median";
  }

  /**
   * Where the metric is read; what Katib's sidecar finds at a path a trial writes in its directory.
   */
  private Objective collected(Foreign objective) {
    var metric = objective.neededText("objectiveMetricName");
    var from = spec.inner("metricsCollectorSpec");
    if (from.isEmpty()) {
      return Objective.printed(metric);
    }
    var kind = from.get().inner("collector").flatMap(one -> one.text("kind")).orElse("StdOut");
    var source = from.get().inner("source");
    var file = source.flatMap(one -> one.inner("fileSystemPath"));
    var path = file.flatMap(one -> one.text("path"));
    file.ifPresent(one -> one.rest("kind", "format"));
    var pattern =
        source
            .flatMap(one -> one.inner("filter"))
            .map(one -> one.texts("metricsFormat"))
            .filter(formats -> !formats.isEmpty())
            .map(List::getFirst);
    Optional<String> none = Optional.empty();
    return switch (kind) {
      case "StdOut", "Push" -> new Objective(metric, none, pattern, none, none, none);
      case "File" ->
          new Objective(metric, none, pattern, path.or(() -> Optional.of(USUAL_FILE)), none, none);
      case "TensorFlowEvent" ->
          new Objective(metric, none, none, none, path.or(() -> Optional.of(USUAL_EVENTS)), none);
      case "PrometheusMetric" -> {
        var get = source.flatMap(one -> one.inner("httpGet"));
        var port = get.flatMap(one -> one.text("port")).orElse("8080");
        var page = get.flatMap(one -> one.text("path")).orElse("/metrics");
        get.ifPresent(one -> one.rest("host", "scheme", "httpHeaders"));
        var address = "http://127.0.0.1:" + port + (page.startsWith("/") ? "" : "/") + page;
        yield new Objective(metric, none, none, none, none, Optional.of(address));
      }
      default ->
          throw from.get()
              .bad(
                  "collector",
                  "of kind `" + kind + "`",
                  "StdOut, File, TensorFlowEvent, PrometheusMetric or Push");
    };
  }

  private Workflow workflow(Space space, KatibTrial trial) {
    var step = trial.step();
    return new Workflow(
        Names.from(name, "experiment"),
        SearchFiles.samples(Map.of(), space),
        List.of(step),
        List.of(),
        Optional.empty());
  }
}
