package ferry.collect;

import ferry.collect.LogMetrics.Found;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Joins metrics with the user's own measure of length by their steps, where both are told apart: in
 * calls of their own, in files of their own. A metric whose step has no length yet waits for one
 * more look; then it has that of the step before.
 */
final class LengthsByStep {
  private final LengthUnit unit;
  private final TreeMap<Long, Double> lengths = new TreeMap<>();
  private final Map<String, Queue<Waiting>> parts = new HashMap<>();
  private long looks;

  private record Waiting(Found found, long since) {}

  LengthsByStep(LengthUnit unit) {
    this.unit = unit;
  }

  /**
   * Tells what may be told.
   *
   * @param more what is new since the last look, by part
   */
  void look(Map<String, List<Found>> more, BiConsumer<String, List<Found>> told) {
    looks++;
    more.values().forEach(found -> found.forEach(one -> learn(one.sighting())));
    more.forEach((part, found) -> {
      var queue = parts.computeIfAbsent(part, _ -> new ArrayDeque<>());
      found.forEach(one -> queue.add(new Waiting(one, looks)));
    });
    Set<String> all = new HashSet<>(parts.keySet());
    more.keySet().forEach(part -> tell(part, told));
    all.removeAll(more.keySet());
    all.stream().sorted().forEach(part -> tell(part, told));
    parts.values().removeIf(Queue::isEmpty);
  }

  private void learn(Sighting sighting) {
    if (sighting.step().isPresent() && unit.isToldBy(sighting.key())) {
      lengths.put(sighting.step().getAsLong(), sighting.value());
    }
  }

  private void tell(String part, BiConsumer<String, List<Found>> told) {
    var queue = parts.getOrDefault(part, new ArrayDeque<>());
    var ready = new ArrayList<Found>();
    while (!queue.isEmpty() && isReady(queue.element())) {
      ready.add(joined(queue.remove().found()));
    }
    if (!ready.isEmpty()) {
      told.accept(part, ready);
    }
  }

  private boolean isReady(Waiting one) {
    var step = one.found().sighting().step();
    return !unit.isNamed()
        || step.isEmpty()
        || lengths.containsKey(step.getAsLong())
        || one.since() < looks;
  }

  private Found joined(Found found) {
    var sighting = found.sighting();
    var step = sighting.step();
    var before = step.isEmpty() ? null : lengths.floorEntry(step.getAsLong());
    return before == null
        ? found
        : new Found(found.form(), found.line(), sighting.measured(before.getValue()));
  }
}
