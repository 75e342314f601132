package ferry.search;

import ferry.search.space.Point;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a searcher knows of one trial.
 *
 * @param number counting from 1
 * @param seed for the trial's own chance, 0 to 2³¹−1
 * @param target how many units it shall train; empty for as long as it will
 * @param parent the trial whose checkpoint it began with
 * @param reports how many times the metric was reported
 * @param length the greatest length reported, 0 before the first
 * @param last the value reported last, NaN before the first
 * @param best the best finite value so far, NaN where there is none
 */
public record Trial(
    int number,
    Point point,
    long seed,
    State state,
    OptionalLong target,
    OptionalInt parent,
    long reports,
    double length,
    double last,
    double best) {

  /** Where a trial stands. */
  public enum State {
    /** Created and not ended; whether it runs already is for others to know. */
    RUNNING,
    /** Its process is gone and it may be continued. */
    PAUSED,
    /** Told to stop, and not ended yet. */
    STOPPING,
    /** Ended early because somebody said so. */
    STOPPED,
    FINISHED,
    FAILED,
    /** Its parameters could not work. */
    INVALID;

    /** Whether it will never report again. */
    public boolean ended() {
      return switch (this) {
        case RUNNING, PAUSED, STOPPING -> false;
        case STOPPED, FINISHED, FAILED, INVALID -> true;
      };
    }

    /** Whether it has or waits for a process. */
    boolean active() {
      return this == RUNNING || this == STOPPING;
    }
  }

  static Trial created(
      int number, Point point, long seed, OptionalLong target, OptionalInt parent) {
    return new Trial(
        number, point, seed, State.RUNNING, target, parent, 0, 0, Double.NaN, Double.NaN);
  }

  Trial with(State next) {
    return new Trial(number, point, seed, next, target, parent, reports, length, last, best);
  }

  /** Whether it was told how long to train, and has. */
  boolean isTrained() {
    return target.isPresent() && length >= target.getAsLong();
  }

  /** The same, trained as long as it was told to. */
  Trial trained() {
    double at = target.isEmpty() ? length : Math.max(length, (double) target.getAsLong());
    return new Trial(number, point, seed, state, target, parent, reports, at, last, best);
  }

  Trial towards(long next) {
    return new Trial(
        number,
        point,
        seed,
        State.RUNNING,
        OptionalLong.of(next),
        parent,
        reports,
        length,
        last,
        best);
  }

  Trial reported(double at, SearchEvent.Reported report, Goal goal) {
    double value = report.value();
    double least = Math.min(goal.loss(best), goal.loss(value));
    double better = Double.isFinite(least) ? goal.value(least) : Double.NaN;
    return new Trial(
        number,
        point,
        seed,
        state,
        target,
        parent,
        reports + report.count(),
        Math.max(length, at),
        value,
        better);
  }

  /** The value that counts for the trial. */
  public double value(Strategy strategy) {
    return strategy == Strategy.BEST ? best : last;
  }
}
