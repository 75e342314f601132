import ferry.search.Goal;
import ferry.search.SearchEvent;
import ferry.search.SearchPlan;
import ferry.search.Simulation;
import ferry.search.chance.Stream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How much training a search costs until it has a model whose error is within 0.01 of the best in a table: random search, which trains
 * every trial to its end, and asynchronous successive halving, which stops the weak ones.
 */
final class Budgets {
  private static final double NEAR = 0.01;
  private static final int TRIALS = 1000;
  private static final int WORKERS = 4;

  private Budgets() {}

  /** Prints a row of a table: units of training until then, the mean over seeds, and each mean's share of random search's. */
  static void print(String name, int seeds) {
    var table = Table.read(name);
    double best = table.errors().values().stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
    double random = mean(table, "random", Map.of(), best, seeds);
    double asha = mean(table, "asha", Map.of(), best, seeds);
    double joined = mean(table, "asha", Map.of("sampler", "tpe"), best, seeds);
    System.out.printf(
        "| %s | %.4f | %.0f | %.0f | %.2f | %.0f | %.2f |%n", name, best, random, asha, asha / random, joined, joined / random);
  }

  private static double mean(Table table, String method, Map<String, String> settings, double best, int seeds) {
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      sum += units(table, method, settings, best + NEAR, seed);
    }
    return sum / seeds;
  }

  private static double units(Table table, String method, Map<String, String> settings, double wanted, int seed) {
    var plan =
        SearchPlan.of(table.space(), Goal.MINIMIZE)
            .withMethod(method, settings)
            .withTrials(TRIALS, WORKERS)
            .withLength(Table.UNITS)
            .withSeed(seed)
            .withTarget(wanted);
    var world = new Simulation.World(WORKERS, Table.UNITS, 1, 0.2, false);
    var outcome =
        Simulation.run(plan, (point, _, length) -> table.error(point, (int) Math.round(length)), world, new Stream(seed, 9));
    var trained = new HashMap<Integer, Double>();
    double units = 0;
    for (var event : outcome.events()) {
      if (event instanceof SearchEvent.Reported reported) {
        double length = reported.length().orElse(0);
        var before = trained.put(reported.trial(), length);
        units += length - (before == null ? 0 : before);
        if (reported.value() <= wanted) {
          return units;
        }
      }
    }
    return units;
  }
}
