package ferry.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The results of all trials that were trained for so many units, best first.
 *
 * @param units above 0
 */
record Rung(long units, List<Result> results) {

  /**
   * One trial's result.
   *
   * @param promoted whether it was sent on to the next rung; only where trials are promoted
   */
  record Result(int trial, double loss, boolean promoted) {}

  Rung(long units) {
    this(units, new ArrayList<>());
  }

  /**
   * The rungs of a bracket: the last one needs the whole length, each one before it a divisor less.
   */
  static List<Rung> of(int count, double divisor, long length) {
    var rungs = new ArrayList<Rung>();
    for (int i = 0; i < count; i++) {
      double rate = StrictMath.pow(divisor, count - 1.0 - i);
      rungs.add(new Rung(Math.max((long) ((double) length / rate), 1)));
    }
    return rungs;
  }

  /** Puts a result in before those that are equal. */
  int insert(int trial, double loss) {
    int at = place(loss, false);
    results.add(at, new Result(trial, loss, false));
    return at;
  }

  /** Puts a result in after those that are equal. */
  int insertAfter(int trial, double loss, boolean promoted) {
    int at = place(loss, true);
    results.add(at, new Result(trial, loss, promoted));
    return at;
  }

  void promote(int at) {
    var result = results.get(at);
    results.set(at, new Result(result.trial(), result.loss(), true));
  }

  void remove(int trial) {
    results.removeIf(result -> result.trial() == trial);
  }

  private int place(double loss, boolean after) {
    int low = 0;
    int high = results.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      double there = results.get(middle).loss();
      if (after ? there > loss : there >= loss) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Trials and losses in turn, as JSON. */
  List<Object> state() {
    var state = new ArrayList<Object>();
    for (var result : results) {
      state.add((long) (result.promoted() ? -result.trial() : result.trial()));
      state.add(result.loss());
    }
    return state;
  }

  void restore(List<Object> state) {
    results.clear();
    for (int i = 0; i < state.size(); i += 2) {
      int trial = (int) Snapshot.whole(state.get(i));
      results.add(new Result(Math.abs(trial), Snapshot.real(state.get(i + 1)), trial < 0));
    }
  }
}
