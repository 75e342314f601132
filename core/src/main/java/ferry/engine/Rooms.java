package ferry.engine;

import ferry.run.Capacity;
import java.util.HashMap;
import java.util.Map;

/** What is free in each place; places in which nothing ever ran are left out of all questions. */
final class Rooms {
  private final Map<String, Capacity> all;
  private final Map<String, Capacity> free;

  /** Everything is free. */
  Rooms(Map<String, Capacity> all) {
    this(Map.copyOf(all), new HashMap<>());
  }

  private Rooms(Map<String, Capacity> all, Map<String, Capacity> free) {
    this.all = all;
    this.free = free;
  }

  Rooms copy() {
    return new Rooms(all, new HashMap<>(free));
  }

  Capacity of(String backend) {
    return free.getOrDefault(backend, all.getOrDefault(backend, Capacity.NONE));
  }

  void take(String backend, Capacity taken) {
    free.put(backend, of(backend).minus(taken));
  }

  void free(String backend, Capacity freed) {
    free.put(backend, of(backend).plus(freed));
  }

  /** Whether nothing more can start in any place that is in use. */
  boolean areUsedUp() {
    return free.values().stream().allMatch(Capacity::isUsedUp);
  }
}
