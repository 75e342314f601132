package ferry.experiment;

import ferry.search.Ending;
import java.time.Instant;
import java.util.OptionalDouble;

/** Something that happened to an experiment; its whole history is a list of these. */
public sealed interface ExperimentEvent {

  /** When it happened, by the clock of the one who saw it. */
  Instant at();

  /** The experiment was accepted. */
  record Begun(Instant at) implements ExperimentEvent {}

  /**
   * The metric was seen for the first time: from now on only this name counts.
   *
   * @param form in what way it was printed
   */
  record Named(Instant at, String key, String form) implements ExperimentEvent {}

  /**
   * A trial told the metric.
   *
   * @param source the log that it stood in
   * @param index which of all sightings in that source this was, from 0
   * @param length how much of the training lies behind it, where it was said
   * @param count how many sightings it stands for: those left out since the last, and itself
   * @param fromZero whether its log counts from zero, so that one was added to the length
   */
  record Reported(
      Instant at,
      int trial,
      String source,
      long index,
      OptionalDouble length,
      double value,
      long count,
      boolean fromZero)
      implements ExperimentEvent {
    public Reported(
        Instant at, int trial, String source, long index, OptionalDouble length, double value) {
      this(at, trial, source, index, length, value, 1, false);
    }
  }

  /**
   * A trial cannot be started now, and is tried again.
   *
   * @param why in words; empty when it was started after all
   */
  record Waits(Instant at, int trial, String why) implements ExperimentEvent {}

  /**
   * While a trial ran something was written that a link in its copy leads to.
   *
   * @param path of the link
   */
  record Wrote(Instant at, int trial, String path) implements ExperimentEvent {}

  /** The run of a trial ended. */
  record Ended(Instant at, int trial, Ending ending, String reason) implements ExperimentEvent {}

  /**
   * The search shall end.
   *
   * @param asked whether somebody asked for it, not a budget
   */
  record Halted(Instant at, String why, boolean asked) implements ExperimentEvent {}

  /** Nothing new shall start until somebody lets it go on. */
  record Paused(Instant at) implements ExperimentEvent {}

  record Continued(Instant at) implements ExperimentEvent {}
}
