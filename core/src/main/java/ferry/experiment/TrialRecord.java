package ferry.experiment;

import ferry.run.RunId;
import ferry.search.space.Point;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A trial, as far as it has come.
 *
 * @param run where it runs or ran last
 * @param metric the value that counts for it; NaN and infinities as they came
 * @param length how much of its training is done; reports where nothing says so
 * @param reason why it ended as it did, in words; empty where there is nothing to say
 */
public record TrialRecord(
    int number,
    RunId run,
    State state,
    Point point,
    long seed,
    OptionalDouble metric,
    double length,
    long reports,
    Instant created,
    Optional<Instant> ended,
    String reason) {

  /** The same, and why it is so. */
  TrialRecord because(String why) {
    return new TrialRecord(
        number, run, state, point, seed, metric, length, reports, created, ended, why);
  }

  /** Where a trial stands. */
  public enum State {
    /** It is to start. */
    WAITING,
    RUNNING,
    /** The search has put it aside and may go on with it. */
    PAUSED,
    SUCCEEDED,
    FAILED,
    /** The search or somebody ended it. */
    STOPPED,
    /** It said that its parameters cannot work. */
    INVALID;

    /** The word for it in lists and JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
