package ferry.format;

import ferry.error.UserException;
import ferry.search.SearchPlan;
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How Katib's Experiment is searched: its algorithm with the settings that it has. */
final class KatibMethod {
  private static final Map<String, String> METHODS =
      new TreeMap<>(
          Map.of(
              "random", "random",
              "grid", "grid",
              "tpe", "tpe",
              "multivariate-tpe", "tpe",
              "bayesianoptimization", "gp",
              "cmaes", "cma-es",
              "sobol", "sobol",
              "hyperband", "hyperband",
              "pbt", "pbt"));
  private static final List<String> ALGORITHMS = List.copyOf(METHODS.keySet());

  private static final String POPULATION = "n_population";
  private static final String TRIAL_DIRECTORY = "suggestion_trial_dir";

  /** Katib's own bound. */
  private static final int LEAST_POPULATION = 5;

  /** Settings by Katib's names, and what they are called here. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "eta",
          "eta",
          POPULATION,
          "population_size",
          "truncation_threshold",
          "truncate_fraction",
          "resample_probability",
          "resample_probability");

  /** Settings of the search itself. */
  private static final Map<String, String> OF_SEARCH =
      Map.of("random_state", "seed", "seed", "seed", "r_l", "length");

  /** Settings that Katib knows and that have no place here. */
  private static final List<String> OTHERS =
      List.of(
          "resource_name",
          TRIAL_DIRECTORY,
          "gamma",
          "prior_weight",
          "n_EI_candidates",
          "n_startup_trials",
          "base_estimator",
          "n_initial_points",
          "acq_func",
          "acq_optimizer",
          "restart_strategy",
          "sigma");

  private static final List<String> OF_POPULATION =
      List.of(TRIAL_DIRECTORY, POPULATION, "truncation_threshold");

  private final Foreign spec;
  private final ForeignSearch search;
  private final Map<String, Foreign> given = new LinkedHashMap<>();
  private Optional<KatibHyperband> hyperband = Optional.empty();

  KatibMethod(Foreign spec, ForeignSearch search) {
    this.spec = spec;
    this.search = search;
  }

  /** Reads all of it into the search; gives the method's name here. */
  String read() {
    var algorithm = spec.neededInner("algorithm", "for example `algorithmName: random`");
    var word = algorithm.neededText("algorithmName", "for example `random`");
    if (word.equals("enas") || word.equals("darts")) {
      throw algorithm.bad(
          "algorithmName",
          "`" + word + "`, which searches for the architecture of a network",
          "a method that searches parameters: " + String.join(", ", ALGORITHMS));
    }
    var method = METHODS.get(word);
    if (method == null) {
      var near = Names.nearest(word, ALGORITHMS).map(one -> "did you mean `" + one + "`?");
      throw algorithm.bad(
          "algorithmName",
          "the unknown algorithm name `" + word + "`",
          "one of " + String.join(", ", ALGORITHMS),
          near.stream().toArray(String[]::new));
    }
    search.set("method", method, algorithm, "algorithmName");
    for (var setting : algorithm.inners("algorithmSettings")) {
      given.put(setting.neededText("name", "the name of the setting"), setting);
      set(method, setting);
    }
    algorithm.rest();
    var early = spec.inner("earlyStopping");
    early.ifPresent(one -> new KatibEarlyStopping(one, search).read(method));
    if (!search.isTyped("method")) {
      own(method, algorithm);
    }
    return early.isPresent() ? "median" : method;
  }

  /** What Katib asks for of a method of its own. */
  private void own(String method, Foreign algorithm) {
    if (method.equals("hyperband")) {
      hyperband = Optional.of(new KatibHyperband(algorithm, given, search));
      hyperband.get().check(spec);
    }
    if (method.equals("pbt")) {
      for (var name : OF_POPULATION) {
        if (!given.containsKey(name)) {
          throw lacks(algorithm, method, name, "the settings " + String.join(", ", OF_POPULATION));
        }
      }
      if (!search.isTyped("length")) {
        search.setOfMethod("length_per_round", "whole", algorithm, "algorithmName");
      }
    }
  }

  static UserException lacks(
      Foreign algorithm, String method, String setting, String expected, String... help) {
    boolean any = algorithm.node("algorithmSettings").isPresent();
    return algorithm.bad(
        any ? "algorithmSettings" : "algorithmName",
        "without the setting `%s`, which `%s` needs".formatted(setting, method),
        expected,
        help);
  }

  /** The parameter by which a trial is told how long to train, among those that are declared. */
  Optional<String> resource(List<String> declared) {
    var resource = hyperband.flatMap(one -> one.resource(declared));
    resource.ifPresent(name ->
        search.setOfMethod(
            SearchPlan.LENGTH_PARAMETER, name, given.getOrDefault("resource_name", spec), "value"));
    return resource;
  }

  /** Where its population keeps checkpoints. */
  Optional<KatibCheckpoints> checkpoints() {
    var setting = Optional.ofNullable(given.get(TRIAL_DIRECTORY));
    var directory = setting.flatMap(one -> one.text("value"));
    directory
        .filter(one -> !one.matches("/.*[^/].*"))
        .ifPresent(one -> {
          throw setting.get().bad("value", "`" + one + "`", "a path that begins with `/`");
        });
    return directory.map(one -> new KatibCheckpoints(one, setting.get()));
  }

  private void set(String method, Foreign setting) {
    var key = setting.neededText("name", "the name of the setting");
    var value = setting.neededText("value", "the value of `" + key + "`, as a text");
    setting.rest();
    if (key.equals(POPULATION) && value.matches("-[0-9]+|0*[0-4]")) {
      throw setting.bad(
          "value", "`" + value + "`", "a whole number of at least " + LEAST_POPULATION);
    }
    if (OF_SEARCH.containsKey(key)) {
      boolean isWhole = value.matches("[0-9]+[.]0*");
      var number = isWhole ? value.substring(0, value.indexOf('.')) : value;
      search.set(OF_SEARCH.get(key), number, setting, "value");
    } else if (SETTINGS.containsKey(key)) {
      search.setOfMethod(SETTINGS.get(key), value, setting, "value");
    } else {
      warn(method, key, setting);
    }
  }

  private static void warn(String method, String key, Foreign setting) {
    boolean isOwn =
        key.equals("resource_name") && method.equals("hyperband")
            || key.equals(TRIAL_DIRECTORY) && method.equals("pbt");
    if (OTHERS.contains(key) && !isOwn) {
      setting.warn("name", "`" + key + "` means nothing to `" + method + "` here");
    } else if (!isOwn) {
      var known = new ArrayList<>(OTHERS);
      known.addAll(SETTINGS.keySet());
      known.addAll(OF_SEARCH.keySet());
      var near = Names.nearest(key, known).map(one -> "; did you mean `" + one + "`?").orElse("");
      setting.warn("name", "`" + key + "` is no setting of `" + method + "` here" + near);
    }
  }
}
