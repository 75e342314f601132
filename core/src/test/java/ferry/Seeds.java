package ferry;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Runs a test once per seed and names the seed that fails. {@code -Dferry.seed=N} runs one seed
 * alone; {@code -Dferry.seeds=N} runs N of them in place of the number a test asks for.
 */
public final class Seeds {

  /** A test that takes its chance from its argument only. */
  @FunctionalInterface
  public interface Trial {
    void run(RandomGenerator random) throws Exception;
  }

  private Seeds() {}

  /** Runs the trial with the seeds 1 to {@code count}; fails with the first seed that fails. */
  public static void each(int count, Trial trial) {
    var one = Long.getLong("ferry.seed");
    if (one != null) {
      run(one, trial);
      return;
    }
    int last = Integer.getInteger("ferry.seeds", count);
    for (long seed = 1; seed <= last; seed++) {
      run(seed, trial);
    }
  }

  /** A generator for a seed; the same seed gives the same numbers on every machine. */
  public static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static void run(long seed, Trial trial) {
    try {
      trial.run(random(seed));
    } catch (Exception | AssertionError | StackOverflowError failure) {
      throw new AssertionError(
          "seed " + seed + " fails (again with -Dferry.seed=" + seed + "): " + failure.getMessage(),
          failure);
    }
  }
}
