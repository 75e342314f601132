package ferry.search;

import ferry.search.space.Point;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a searcher wants done. Each is done once, in order; how long that takes is of no concern.
 */
public sealed interface SearchAction {

  /**
   * Start a trial.
   *
   * @param trial its number, counting from 1
   * @param seed for the trial's own chance, 0 to 2³¹−1
   * @param length how many units to train; empty for as long as the script will
   * @param parent the trial whose checkpoint it begins with
   */
  record Create(int trial, Point point, long seed, OptionalLong length, OptionalInt parent)
      implements SearchAction {}

  /** End a trial; its {@link SearchEvent.Ended} is still to come. */
  record Stop(int trial, String why) implements SearchAction {}

  /** End a trial's process and keep its checkpoint: it may be continued. No event answers this. */
  record Pause(int trial) implements SearchAction {}

  /**
   * Train a trial on, up to a length: start a paused or finished one again from its checkpoint. One
   * whose process still runs goes on; where that process then ends short of the length by itself,
   * it is started again, which is no end of the trial.
   */
  record Continue(int trial, long length) implements SearchAction {}

  /** The search is over, and why; the last action. What is still paused has ended. */
  record Finish(String why) implements SearchAction {}
}
