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
import java.util.function.BinaryOperator;

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
   * Promotes a version, unless its rule does not hold or cannot be checked; all is recorded.
   *
   * @throws ferry.error.UserException where there is no such version, where the alias is none or
   *     the rule cannot be read, or where an alias was moved meanwhile
   */
  public Rule.Verdict promote(Request request) {
    Alias.checked(request.alias);
    var rule = request.rule.map(Rule::parse);
    var model =
        registry
            .find(request.model)
            .orElseThrow(
                () -> new RequestError.NotFound("model", request.model, Optional.empty()).thrown());
    var version = version(request.model, request.version);
    var verdict =
        rule.map(each -> each.check(new Measured(request.alias, metrics(version), byAlias(model))))
            .orElse(new Rule.Verdict(true, List.of(), List.of()));
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
    var versions = registry.versions(model);
    return versions.stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(() -> {
          var known = versions.stream().map(each -> model + "/" + each.number()).toList();
          return new RequestError.NotFound("version", model + "/" + number, Optional.empty(), known)
              .thrown();
        });
  }

  /**
   * What was measured for a version: by its run, and for itself. What was measured for itself
   * counts, unless its run had a later point of the same name when the model was logged: MLflow's
   * clients give a model the points of one step, the first where nobody says which.
   */
  public Map<String, Double> metrics(ModelVersion version) {
    var metrics = new TreeMap<String, Metric>();
    version
        .run()
        .flatMap(runs::find)
        .ifPresent(run -> run.metrics().forEach(each -> metrics.put(each.key(), each)));
    version
        .loggedModel()
        .flatMap(logged::find)
        .ifPresent(model ->
            model
                .metrics()
                .forEach(own -> metrics.merge(own.metric().key(), own.metric(), newer(model))));
    var values = new TreeMap<String, Double>();
    metrics.forEach((key, metric) -> values.put(key, metric.value()));
    return values;
  }

  private static BinaryOperator<Metric> newer(LoggedModel model) {
    return (ofRun, own) ->
        ofRun.time().isAfter(own.time()) && !ofRun.time().isAfter(model.created()) ? ofRun : own;
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
