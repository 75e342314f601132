package ferry.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which of several groups, counted from 0, each trial belongs to. */
final class Membership {
  private int[] groups = new int[0];
  private int size;

  /** The trial's group; 0 for a trial that belongs to none. */
  int of(int trial) {
    return has(trial) ? groups[trial - 1] - 1 : 0;
  }

  boolean has(int trial) {
    return trial >= 1 && trial <= groups.length && groups[trial - 1] > 0;
  }

  void put(int trial, int group) {
    if (trial > groups.length) {
      groups = Arrays.copyOf(groups, Math.max(trial, groups.length * 2));
    }
    size += groups[trial - 1] == 0 ? 1 : 0;
    groups[trial - 1] = group + 1;
  }

  void remove(int trial) {
    if (has(trial)) {
      groups[trial - 1] = 0;
      size--;
    }
  }

  /** How many trials belong to a group. */
  int size() {
    return size;
  }

  List<Integer> trials() {
    return IntStream.rangeClosed(1, groups.length).filter(this::has).boxed().toList();
  }

  /** As JSON. */
  Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    trials().forEach(trial -> state.put(Integer.toString(trial), (long) of(trial)));
    return state;
  }

  void restore(Map<String, Object> state) {
    state.forEach((trial, group) -> put(Integer.parseInt(trial), (int) Snapshot.whole(group)));
  }
}
