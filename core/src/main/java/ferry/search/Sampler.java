package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.space.Point;
import java.util.Map;
import java.util.Optional;

/** Where to look next: the half of a method that chooses points. */
interface Sampler {

  /**
   * The point for a new trial; empty where there is none left.
   *
   * @param chance the search's own generator, whose state the searcher keeps
   * @param number the trial's number
   */
  Optional<Point> next(History history, Chance chance, int number);

  /** As {@link #next}, where it is known what that was, and its work may be saved. */
  default Optional<Point> again(Point point, History history, Chance chance, int number) {
    return next(history, chance, number);
  }

  /** A trial that this sampler chose has ended; {@code sample} is its index in the history. */
  default void ended(History history, int sample) {}

  /** What must be written down, as {@link ferry.search.space.Json} writes it. */
  default Map<String, Object> state() {
    return Map.of();
  }

  /** Goes on from {@link #state}. */
  default void restore(Map<String, Object> state) {}
}
