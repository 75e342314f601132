package ferry.experiment;

import ferry.collect.Collecting;
import ferry.collect.LogMetrics.Found;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Makes reports of what was seen in one log of a trial. It begins at the log's beginning whenever
 * the log is read, so it comes to the same each time.
 */
final class Sightings {
  private static final long ALL_UP_TO = 1000;
  private static final int MOST_NAMES = 1000;
  private static final Set<String> STEPS =
      Set.of("step", "steps", "epoch", "epochs", "batches", "iteration", "iterations");

  private final Objective objective;
  private final String step;
  private long seen;
  private boolean fromZero;
  private final Map<String, Boolean> exact = new HashMap<>();
  private long line = -1;
  private OptionalDouble length = OptionalDouble.empty();
  private Optional<Report> left = Optional.empty();

  /**
   * A report.
   *
   * @param index of the sighting in its log
   */
  record Report(long index, OptionalDouble length, double value) {}

  /**
   * The sightings of a log.
   *
   * @param step the step whose log it is
   */
  Sightings(Objective objective, String step) {
    this.objective = objective;
    this.step = step;
  }

  /** Whether it is the metric, by all that is known of its name. */
  boolean isMetric(Found found, Optional<ExperimentEvent.Named> named) {
    var key = found.sighting().key();
    if (!isOfItsKind(found, named)) {
      return false;
    }
    return named.isEmpty() ? objective.matches(step, key) : named.get().key().equals(key);
  }

  /** Whether this is a better name for the metric than the one known until now. */
  boolean isBetterName(Found found, Optional<ExperimentEvent.Named> named) {
    var key = found.sighting().key();
    if (!isOfItsKind(found, named)) {
      return false;
    }
    if (named.isEmpty()) {
      return objective.matches(step, key);
    }
    return !named.get().key().equals(key) && isExactly(key) && !isExactly(named.get().key());
  }

  /** It is remembered, since logs say the same names again and again. */
  private boolean isExactly(String key) {
    if (exact.size() > MOST_NAMES) {
      exact.clear();
    }
    return exact.computeIfAbsent(key, one -> objective.isExactly(step, one));
  }

  /** What is printed and logged by calls too must not count twice. */
  private boolean isOfItsKind(Found found, Optional<ExperimentEvent.Named> named) {
    return named.isEmpty()
        ? objective.isReadAs(found.form())
        : kind(named.get().form()).equals(kind(found.form()));
  }

  private static String kind(String form) {
    return Collecting.isPrinted(form) ? "" : form;
  }

  /** Takes what may be the measure of length. */
  void measure(Found found) {
    if (objective.length().filter(name -> isLength(name, found)).isPresent()) {
      length = OptionalDouble.of(found.sighting().value());
      line = found.line();
    }
  }

  private static boolean isLength(String name, Found found) {
    return found.sighting().key().equals(name);
  }

  /**
   * A report of the metric, unless it is one of so many that it is left out: all of the first
   * thousand count, then ever fewer.
   */
  Optional<Report> report(Found found, long index) {
    var sighting = found.sighting();
    if (seen == 0 && sighting.step().isPresent()) {
      fromZero = sighting.step().getAsLong() == 0;
    }
    var report = new Report(index, lengthOf(found), sighting.value());
    boolean counts = counts(seen++);
    left = counts ? Optional.empty() : Optional.of(report);
    return counts ? Optional.of(report) : Optional.empty();
  }

  /** The newest report, where it was left out: it counts once nothing more comes. */
  Optional<Report> last() {
    var report = left;
    left = Optional.empty();
    return report;
  }

  private OptionalDouble lengthOf(Found found) {
    boolean bySteps =
        objective
            .length()
            .map(name -> STEPS.contains(name.toLowerCase(Locale.ROOT)) && line < 0)
            .orElse(true);
    if (!bySteps) {
      return length;
    }
    var at = found.sighting().step();
    return at.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(at.getAsLong() + (fromZero ? 1.0 : 0.0));
  }

  private static boolean counts(long number) {
    if (number < ALL_UP_TO) {
      return true;
    }
    long every = Long.highestOneBit(number / ALL_UP_TO) * 2;
    return number % every == 0;
  }
}
