package ferry.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many trials of an experiment are in each state. Trials are numbered from 1. */
final class TrialTally {
  private final Map<TrialRecord.State, Integer> counts = new EnumMap<>(TrialRecord.State.class);
  private final List<TrialRecord.State> states = new ArrayList<>();

  /** The next trial, which waits. */
  void add() {
    states.add(TrialRecord.State.WAITING);
    counts.merge(TrialRecord.State.WAITING, 1, Integer::sum);
  }

  void set(int trial, TrialRecord.State state) {
    counts.computeIfPresent(states.set(trial - 1, state), (_, count) -> less(count));
    counts.merge(state, 1, Integer::sum);
  }

  /** Those states that some trial is in. */
  Map<TrialRecord.State, Integer> counts() {
    return counts;
  }

  /** Null where none is left, which takes the state out of the map. */
  private static @Nullable Integer less(int count) {
    return count == 1 ? null : count - 1;
  }
}
