package ferry.search;

import java.util.OptionalDouble;

/** What a searcher is told. */
public sealed interface SearchEvent {

  /** The search begins: the first event, once. */
  record Begun() implements SearchEvent {}

  /**
   * A trial reported the metric.
   *
   * @param length how much of its training lies behind it, in units; empty where it does not say,
   *     then reports are counted
   * @param value the metric, not-a-number and infinities as they came
   * @param count how many reports this one stands for: those left out before it, and itself
   */
  record Reported(int trial, OptionalDouble length, double value, long count)
      implements SearchEvent {
    public Reported(int trial, OptionalDouble length, double value) {
      this(trial, length, value, 1);
    }

    public Reported(int trial, double length, double value) {
      this(trial, OptionalDouble.of(length), value);
    }
  }

  /** A trial's process ended and reports no more. */
  record Ended(int trial, Ending ending) implements SearchEvent {}

  /** The search shall come to its end: a budget is used up, or somebody asked for it. */
  record Halted(String why) implements SearchEvent {}
}
