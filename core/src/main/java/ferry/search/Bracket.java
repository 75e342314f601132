package ferry.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One bracket of asynchronous successive halving: trials climb rungs, and at each only the best may
 * go on. How they climb, by being stopped or by being promoted, is what the two kinds differ in.
 */
abstract sealed class Bracket permits StoppingBracket, PromotingBracket {
  final List<Rung> rungs;
  final double divisor;
  final int trials;
  private final int concurrent;

  /** Each trial's rung, from 0. */
  final Membership rungOf = new Membership();

  private int invalid;
  private int completed;

  /**
   * @param trials how many it makes
   * @param concurrent how many at once; 0 for as many as surely fill the top rung
   */
  Bracket(int rungs, double divisor, long length, int trials, int concurrent) {
    this.rungs = Rung.of(rungs, divisor, length);
    this.divisor = divisor;
    this.trials = trials;
    this.concurrent = concurrent;
  }

  /** How long a new trial shall train. */
  abstract long firstLength();

  abstract void reported(Turn turn, Trial trial, double length, double loss);

  /** A trial ended that the bracket did not stop, and not as an invalid one. */
  abstract void ended(Turn turn, Trial trial);

  final int concurrent() {
    return concurrent;
  }

  /** Makes the first trials; returns their numbers. */
  final List<Integer> begin(Turn turn) {
    int first =
        concurrent > 0
            ? Math.min(concurrent, trials)
            : Math.max(1, (int) Math.min(StrictMath.pow(divisor, rungs.size() - 1.0), trials));
    var made = new ArrayList<Integer>();
    for (int i = 0; i < first; i++) {
      turn.create(OptionalLong.of(firstLength()))
          .ifPresent(number -> {
            rungOf.put(number, 0);
            made.add(number);
          });
    }
    return made;
  }

  final void over(Turn turn, Trial trial) {
    completed++;
    if (trial.state() == Trial.State.INVALID) {
      invalid++;
      rungs.forEach(rung -> rung.remove(trial.number()));
      create(turn);
    } else {
      ended(turn, trial);
    }
  }

  final boolean hasRoom() {
    return rungOf.size() - invalid < trials;
  }

  final void create(Turn turn) {
    turn.create(OptionalLong.of(firstLength())).ifPresent(number -> rungOf.put(number, 0));
  }

  /** Determined's: a fifth is kept back for the last trials, until all are made. */
  final double progress() {
    int all = rungs.getFirst().results().size();
    double share = all / (1.2 * trials);
    return all >= trials ? Math.max((completed - invalid) / (double) trials, share) : share;
  }

  /** Adds how many trials are expected to train how long. */
  final void preview(Map<Long, Long> trialsByUnits) {
    long here = trials;
    for (int i = 0; i < rungs.size(); i++) {
      long on = Math.max((long) (here / divisor), 1);
      long last = i == rungs.size() - 1 ? here : here - on;
      trialsByUnits.merge(rungs.get(i).units(), last, Long::sum);
      here = on;
    }
  }

  final Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("rungs", rungs.stream().map(Rung::state).toList());
    state.put("of", rungOf.state());
    state.put("invalid", invalid);
    state.put("completed", completed);
    return state;
  }

  final void restore(Map<String, Object> state) {
    var all = Snapshot.list(state.get("rungs"));
    for (int i = 0; i < rungs.size(); i++) {
      rungs.get(i).restore(Snapshot.list(all.get(i)));
    }
    rungOf.restore(Snapshot.map(state.get("of")));
    invalid = (int) Snapshot.whole(state.get("invalid"));
    completed = (int) Snapshot.whole(state.get("completed"));
  }
}
