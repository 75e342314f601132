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
 * every trial to its end, and the methods that stop weak ones. `budget_side.py` does the same with others'.
 */
final class Budgets {
  private static final double NEAR = 0.01;
  private static final int TRIALS = 1000;
  private static final int WORKERS = 4;

  private Budgets() {}

  /** Prints, for a method and each seed, the units of training until then. A word after a plus sign is the sampler. */
  static void print(String method, String name, int seeds) {
    var table = Table.read(name);
    double best = table.errors().values().stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
    int plus = method.indexOf('+');
    var settings = plus < 0 ? Map.<String, String>of() : Map.of("sampler", method.substring(plus + 1));
    for (int seed = 0; seed < seeds; seed++) {
      var plan =
          SearchPlan.of(table.space(), Goal.MINIMIZE)
              .withMethod(plus < 0 ? method : method.substring(0, plus), settings)
              .withTrials(TRIALS, WORKERS)
              .withLength(Table.UNITS)
              .withSeed(seed)
              .withTarget(best + NEAR);
      System.out.println(method + " " + name + " " + seed + " " + units(table, plan, best + NEAR, seed));
    }
  }

  private static double units(Table table, SearchPlan plan, double wanted, int seed) {
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
