package ferry.search;

import ferry.error.SearchError;
import ferry.search.space.Point;
import ferry.search.space.Space;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Everything that settles a search before it begins; equal plans and equal events give equal
 * decisions.
 *
 * @param method a name of {@link Methods#names}
 * @param settings of the method, as text; {@link Methods} says which there are
 * @param trials how many at most, not counting invalid ones; at least 1
 * @param parallel how many at once; 0 for as many as the method likes
 * @param length how many units (epochs, batches) a whole training has; empty where nobody knows
 * @param seed of which the lowest 32 bits count
 * @param target a value of the metric that ends the search when a trial reaches it
 * @param maxFailures how many trials may fail; one more ends the search
 * @param points known good points, tried first; they may leave parameters out
 * @param earlier what an earlier experiment found
 */
public record SearchPlan(
    Space space,
    Goal goal,
    String method,
    Map<String, String> settings,
    int trials,
    int parallel,
    OptionalLong length,
    long seed,
    OptionalDouble target,
    OptionalInt maxFailures,
    List<Point> points,
    List<Observation> earlier,
    Strategy strategy) {

  /** The setting of a method that {@link #lengthParameter} reads. */
  public static final String LENGTH_PARAMETER = "length_parameter";

  public SearchPlan {
    settings = new TreeMap<>(settings);
    points = List.copyOf(points);
    earlier = List.copyOf(earlier);
    check("trials", trials, 1);
    check("parallel", parallel, 0);
    length.ifPresent(units -> check("length", units, 1));
    maxFailures.ifPresent(failures -> check("max_failures", failures, 0));
  }

  /** A search by {@code auto} of 64 trials, one at a time, with seed 0. */
  public static SearchPlan of(Space space, Goal goal) {
    return new SearchPlan(
        space,
        goal,
        "auto",
        Map.of(),
        64,
        1,
        OptionalLong.empty(),
        0,
        OptionalDouble.empty(),
        OptionalInt.empty(),
        List.of(),
        List.of(),
        Strategy.BEST);
  }

  public SearchPlan withMethod(String name, Map<String, String> withSettings) {
    return new SearchPlan(
        space,
        goal,
        name,
        withSettings,
        trials,
        parallel,
        length,
        seed,
        target,
        maxFailures,
        points,
        earlier,
        strategy);
  }

  public SearchPlan withMethod(String name) {
    return withMethod(name, Map.of());
  }

  public SearchPlan withTrials(int most, int atOnce) {
    return new SearchPlan(
        space,
        goal,
        method,
        settings,
        most,
        atOnce,
        length,
        seed,
        target,
        maxFailures,
        points,
        earlier,
        strategy);
  }

  public SearchPlan withLength(long units) {
    return new SearchPlan(
        space,
        goal,
        method,
        settings,
        trials,
        parallel,
        OptionalLong.of(units),
        seed,
        target,
        maxFailures,
        points,
        earlier,
        strategy);
  }

  public SearchPlan withSeed(long other) {
    return new SearchPlan(
        space,
        goal,
        method,
        settings,
        trials,
        parallel,
        length,
        other,
        target,
        maxFailures,
        points,
        earlier,
        strategy);
  }

  public SearchPlan withTarget(double value) {
    return new SearchPlan(
        space,
        goal,
        method,
        settings,
        trials,
        parallel,
        length,
        seed,
        OptionalDouble.of(value),
        maxFailures,
        points,
        earlier,
        strategy);
  }

  public SearchPlan withMaxFailures(int failures) {
    return new SearchPlan(
        space,
        goal,
        method,
        settings,
        trials,
        parallel,
        length,
        seed,
        target,
        OptionalInt.of(failures),
        points,
        earlier,
        strategy);
  }

  public SearchPlan withPoints(List<Point> first) {
    return new SearchPlan(
        space,
        goal,
        method,
        settings,
        trials,
        parallel,
        length,
        seed,
        target,
        maxFailures,
        first,
        earlier,
        strategy);
  }

  public SearchPlan withEarlier(List<Observation> known) {
    return new SearchPlan(
        space,
        goal,
        method,
        settings,
        trials,
        parallel,
        length,
        seed,
        target,
        maxFailures,
        points,
        known,
        strategy);
  }

  public SearchPlan withStrategy(Strategy other) {
    return new SearchPlan(
        space,
        goal,
        method,
        settings,
        trials,
        parallel,
        length,
        seed,
        target,
        maxFailures,
        points,
        earlier,
        other);
  }

  /**
   * The parameter, not searched, whose value is how many units a trial shall train. Such a trial
   * comes to its end by itself, and has trained that long then and not before.
   */
  public Optional<String> lengthParameter() {
    return Optional.ofNullable(settings.get(LENGTH_PARAMETER));
  }

  /** How many trials to begin with. */
  int atOnce() {
    return parallel == 0 ? trials : Math.min(parallel, trials);
  }

  private static void check(String name, long found, long least) {
    if (found < least) {
      throw new SearchError.BadSetting(name, Long.toString(found), "at least " + least, List.of())
          .thrown();
    }
  }
}
