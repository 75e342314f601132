package ferry.experiment;

import java.util.Optional;

/**
 * Whether the unit that a length is named in stands in what trials report, and what is said else.
 */
final class UnseenUnit {
  /** So many reports are enough to tell, where no trial has ended yet. */
  private static final int ENOUGH = 10;

  private final Objective objective;
  private int without;
  private boolean ended;
  private boolean seen;

  UnseenUnit(Objective objective) {
    this.objective = objective;
  }

  /**
   * A trial reported.
   *
   * @param hasLength whether it said in that unit how far it is
   */
  void reported(boolean hasLength) {
    seen |= hasLength;
    without = Math.min(ENOUGH, without + 1);
  }

  /** A trial that told the metric has ended. */
  void ended() {
    ended = true;
  }

  /** In a sentence, with the way out; empty while there is nothing to say. */
  Optional<String> words() {
    boolean isEnough = without == ENOUGH || ended;
    return seen || !isEnough
        ? Optional.empty()
        : objective
            .length()
            .map(unit ->
                ("the length is in `%s`, and no trial says its `%s` beside `%s`: each report counts"
                        + " as one; print both in one line, or name what the script prints:"
                        + " `length_metric: step`, with `length` in that")
                    .formatted(unit, unit, objective.metric()));
  }
}
