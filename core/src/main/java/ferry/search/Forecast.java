package ferry.search;

import ferry.search.chance.Stream;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a search would cost, found by simulating it with trials of which nobody knows how good they
 * will be.
 *
 * @param units of training in all; trials where nobody says how long one trains
 * @param time until its end, where a unit takes one, with as many trials at once as planned
 */
public record Forecast(double units, double time) {
  private static final int MOST_SIMULATED = 5_000;
  private static final List<String> WHOLE =
      List.of("single", "grid", "random", "sobol", "tpe", "gp", "cma-es");

  /** Of very many trials some are simulated, and stand for all. */
  public static Forecast of(SearchPlan plan) {
    long all = new Searcher(plan).preview().stream().mapToLong(Preview::trials).sum();
    int some = Math.clamp(all, 1, MOST_SIMULATED);
    boolean isWhole = isWhole(plan);
    int trials = isWhole ? some : Math.min(plan.trials(), MOST_SIMULATED);
    var world =
        new Simulation.World(
            plan.parallel(),
            (double) plan.length().orElse(1),
            Simulation.World.WHERE_IT_COUNTS,
            0,
            false);
    var outcome =
        Simulation.run(
            blind(plan, trials),
            (_, seed, _) -> new Stream(plan.seed(), seed).uniform(),
            world,
            new Stream(plan.seed(), 1));
    double share = isWhole ? (double) all / some : (double) plan.trials() / trials;
    return new Forecast(outcome.units() * share, outcome.hours() * share);
  }

  private static boolean isWhole(SearchPlan plan) {
    return WHOLE.contains(plan.method()) || plan.method().equals("auto") && !Auto.of(plan).stops();
  }

  /** The same search by chance alone, to its end: where it looks costs nothing. */
  private static SearchPlan blind(SearchPlan plan, int trials) {
    Map<String, String> settings = new TreeMap<>(plan.settings());
    settings.remove("sampler");
    var method = isWhole(plan) ? "random" : plan.method().equals("auto") ? "asha" : plan.method();
    return new SearchPlan(
        plan.space(),
        plan.goal(),
        method,
        settings,
        trials,
        plan.parallel(),
        plan.length(),
        plan.seed(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        List.of(),
        List.of(),
        plan.strategy());
  }
}
