package ferry.experiment;

import ferry.collect.Collecting;
import ferry.collect.LengthUnit;
import ferry.collect.LogMetrics.Found;
import ferry.collect.Sighting;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Makes reports of what was seen in one log of a trial. It begins at the log's beginning whenever
 * the log is read, so it comes to the same each time.
 */
final class Sightings {
  private static final long ALL_UP_TO = 1000;
  private static final int MOST_NAMES = 1000;

  private final Objective objective;
  private final Goal goal;
  private final double target;
  private final String step;
  private final LengthUnit unit;

  /** The name that is counted: what was seen by another before it is none of it. */
  private String key = "";

  private long seen;
  private long passed;
  private final Map<String, Boolean> exact = new HashMap<>();
  private OptionalDouble measured = OptionalDouble.empty();
  private Optional<Report> left = Optional.empty();

  /** The best of those left out since the last one that counts, where it is the best of all. */
  private Optional<Report> best = Optional.empty();

  private double least = Double.POSITIVE_INFINITY;

  /**
   * A report.
   *
   * @param index of the sighting in its log
   * @param length as the log has it
   * @param place the epoch or step that it is of, which may be counted from zero; empty where the
   *     length is a measure of the user's own
   * @param count how many sightings it stands for: those left out since the last, and itself
   */
  record Report(long index, OptionalDouble length, OptionalLong place, double value, long count) {
    Report counted(long other) {
      return new Report(index, length, place, value, other);
    }
  }

  /**
   * The sightings of a log.
   *
   * @param plan which values are good, and good enough
   * @param step the step whose log it is
   */
  Sightings(Objective objective, SearchPlan plan, String step) {
    this.objective = objective;
    this.goal = plan.goal();
    this.target = plan.target().isEmpty() ? Double.NaN : goal.loss(plan.target().getAsDouble());
    this.step = step;
    this.unit = new LengthUnit(objective.length());
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
    if (Collecting.isPrinted(form)) {
      return "";
    }
    return Collecting.isCall(form) ? Collecting.CALLS : form;
  }

  /**
   * Whether it is the metric's name as it was logged, and printed now: both are tracked as one, and
   * only what is printed can be told from the other.
   */
  boolean isPrintedToo(Found found, Optional<ExperimentEvent.Named> named) {
    return Collecting.isPrinted(found.form())
        && named
            .filter(one -> one.form().equals(Collecting.LOG))
            .filter(one -> one.key().equals(found.sighting().key()))
            .isPresent();
  }

  /** Takes what may be the measure of length. */
  void measure(Found found) {
    if (!Collecting.isJoinedByStep(found.form()) && unit.isToldBy(found.sighting().key())) {
      measured = OptionalDouble.of(found.sighting().value());
    }
  }

  /**
   * What is to be reported of the metric. Of very many values some are left out: all of the first
   * thousand count, then ever fewer, and with each the best of those between, where none before was
   * as good. One that reaches the target always counts.
   */
  List<Report> report(Found found, long index) {
    var sighting = found.sighting();
    if (!key.equals(sighting.key())) {
      begin(sighting.key());
    }
    double loss = goal.loss(sighting.value());
    boolean counts = counts(seen++) || loss <= target;
    var report = report(sighting, index);
    boolean isBest = loss < least;
    least = Math.min(least, loss);
    if (!counts) {
      best = isBest ? Optional.of(report) : best;
      left = Optional.of(report);
      return List.of();
    }
    left = Optional.of(report);
    best = isBest ? Optional.empty() : best;
    return last();
  }

  private void begin(String name) {
    key = name;
    seen = 0;
    passed = 0;
    least = Double.POSITIVE_INFINITY;
    best = Optional.empty();
    left = Optional.empty();
  }

  private Report report(Sighting sighting, long index) {
    var at = unit.of(sighting.place());
    boolean isPlace = measured.isEmpty() && sighting.place().measured().isEmpty();
    var place = isPlace ? unit.counted(sighting.place()) : OptionalLong.empty();
    return new Report(index, measured.isPresent() ? measured : at, place, sighting.value(), seen);
  }

  /** The best and the newest of those left out: they count once nothing more comes. */
  List<Report> last() {
    var reports = new ArrayList<Report>();
    Stream.concat(best.stream(), left.stream())
        .distinct()
        .forEach(report -> {
          reports.add(report.counted(report.count() - passed));
          passed = report.count();
        });
    best = Optional.empty();
    left = Optional.empty();
    return reports;
  }

  private static boolean counts(long number) {
    if (number < ALL_UP_TO) {
      return true;
    }
    long every = Long.highestOneBit(number / ALL_UP_TO) * 2;
    return number % every == 0;
  }
}
