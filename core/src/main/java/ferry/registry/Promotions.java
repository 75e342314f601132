package ferry.registry;

import ferry.error.RequestError;
import ferry.tracking.Metric;
import ferry.tracking.TrackedRuns;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Gives an alias to a version where its rule holds, and records who wanted what, and why. */
public final class Promotions {

  /**
   * What is asked for.
   *
   * @param rule what must hold, like {@code accuracy > champion.accuracy}
   * @param why the reason, in words
   */
  public record Request(
      String model,
      int version,
      String alias,
      Optional<String> rule,
      Optional<String> why,
      String who) {}

  private final ModelRegistry registry;
  private final LoggedModels logged;
  private final TrackedRuns runs;
  private final InstantSource clock;

  public Promotions(
      ModelRegistry registry, LoggedModels logged, TrackedRuns runs, InstantSource clock) {
    this.registry = registry;
    this.logged = logged;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * Promotes a version, unless its rule does not hold; both are recorded.
   *
   * @throws ferry.error.UserException where there is no such version, where the rule cannot be read
   *     or asks for what was not measured, or where an alias was moved meanwhile
   */
  public Rule.Verdict promote(Request request) {
    var model =
        registry
            .find(request.model)
            .orElseThrow(
                () -> new RequestError.NotFound("model", request.model, Optional.empty()).thrown());
    var version = version(request.model, request.version);
    var verdict =
        request
            .rule
            .map(text -> Rule.parse(text).check(metrics(version), byAlias(model)))
            .orElse(new Rule.Verdict(true, List.of()));
    registry.change(
        request.model,
        now -> {
          if (!now.aliases().equals(model.aliases())) {
            throw new RequestError.Conflict(
                    "the aliases of `" + request.model + "` were changed meanwhile",
                    List.of("try again: the rule is checked anew"))
                .thrown();
          }
          return verdict.holds() ? now.withAlias(request.alias, request.version) : now;
        },
        event(request, model, verdict));
    return verdict;
  }

  private ModelEvent event(Request request, Model before, Rule.Verdict verdict) {
    var details = new LinkedHashMap<String, String>();
    details.put("alias", request.alias);
    var held = before.aliases().get(request.alias);
    if (held != null) {
      details.put("before", held.toString());
    }
    request.rule.ifPresent(rule -> details.put("rule", rule));
    if (!verdict.words().isEmpty()) {
      details.put("check", String.join("; ", verdict.words()));
    }
    request.why.ifPresent(why -> details.put("why", why));
    return new ModelEvent(
        request.model,
        OptionalInt.of(request.version),
        clock.instant(),
        request.who,
        verdict.holds() ? "promoted" : "promotion refused",
        details);
  }

  private ModelVersion version(String model, int number) {
    return registry.versions(model).stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(() ->
            new RequestError.NotFound("version of `" + model + "`", "" + number, Optional.empty())
                .thrown());
  }

  /** What was measured for a version: by its run, and for itself. */
  public Map<String, Double> metrics(ModelVersion version) {
    var metrics = new TreeMap<String, Double>();
    version
        .run()
        .flatMap(runs::find)
        .ifPresent(run -> run.metrics().forEach(each -> put(metrics, each)));
    version
        .loggedModel()
        .flatMap(logged::find)
        .ifPresent(model -> model.metrics().forEach(each -> put(metrics, each.metric())));
    return metrics;
  }

  private static void put(Map<String, Double> metrics, Metric metric) {
    metrics.put(metric.key(), metric.value());
  }

  private Map<String, Map<String, Double>> byAlias(Model model) {
    var all = new TreeMap<String, Map<String, Double>>();
    var versions = registry.versions(model.name());
    model
        .aliases()
        .forEach((alias, number) ->
            versions.stream()
                .filter(version -> version.number() == number)
                .forEach(version -> all.put(alias, metrics(version))));
    return all;
  }
}
