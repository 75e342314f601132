package ferry.search;

import ferry.search.space.Point;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a pacer may do about an event. */
interface Turn {

  History history();

  /**
   * Makes a trial at the sampler's next point.
   *
   * @return its number; empty where the sampler has no more points or the search is closing
   */
  OptionalInt create(OptionalLong length);

  /** Makes a trial at a point of the pacer's own, from a parent's checkpoint; empty as above. */
  OptionalInt create(Point point, OptionalLong length, int parent);

  void stop(int trial, String why);

  void pause(int trial);

  void proceed(int trial, long length);
}
