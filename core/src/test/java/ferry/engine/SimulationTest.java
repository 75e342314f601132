package ferry.engine;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * The promises of the engine, held against thousands of random lives; a life that breaks one is
 * known by its seed.
 */
class SimulationTest {
  private static final long SEEDS = Long.getLong("ferry.simulation.seeds", 10_000);
  private static final long FIRST = Long.getLong("ferry.simulation.first", 1);

  @Test
  void noLifeBreaksAPromise() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      try {
        new Simulation(seed).run();
      } catch (RuntimeException broken) {
        fail(
            "seed "
                + seed
                + " (again with -Dferry.simulation.first="
                + seed
                + " -Dferry.simulation.seeds=1)",
            broken);
      }
    }
  }
}
