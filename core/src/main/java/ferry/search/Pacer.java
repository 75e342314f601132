package ferry.search;

import java.util.List;
import java.util.Map;

/** How long to train each trial, and when to begin the next: the half of a method that spends. */
interface Pacer {

  /** The search begins: the first trials. */
  void begin(Turn turn);

  /** A running trial reported; {@code length} and {@code loss} are of this report. */
  void reported(Turn turn, Trial trial, double length, double loss);

  /** A trial ended; it has its last state already. Those stopped by the pacer come here too. */
  void ended(Turn turn, Trial trial);

  /** What must be written down, as {@link ferry.search.space.Json} writes it. */
  default Map<String, Object> state() {
    return Map.of();
  }

  /** Goes on from {@link #state}. */
  default void restore(Map<String, Object> state) {}

  /** How much of the search is done, 0 to 1. */
  double progress(History history);

  /** How many trials are to be trained how long, shortest first, where all goes well. */
  List<Preview> preview();
}
