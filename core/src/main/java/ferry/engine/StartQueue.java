package ferry.engine;

import ferry.run.AttemptId;
import ferry.run.Capacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who holds the room of one place, and who waits for it. What waits starts in the order in which it
 * came, as far as it fits and the step runs that it comes after have succeeded; one that cannot
 * start is passed over. More is never handed out than there is. Safe for use by several threads.
 *
 * @param <T> an attempt, as the place knows it
 */
public final class StartQueue<T> {
  private final Map<AttemptId, Capacity> holding = new HashMap<>();
  private final Map<AttemptId, Waiting<T>> waiting = new LinkedHashMap<>();

  /** The step runs that must still succeed, before what waits and before what is in doubt. */
  private final Map<AttemptId, Set<String>> after = new HashMap<>();

  private Capacity free;
  private boolean paused;

  private record Waiting<T>(T attempt, Capacity asked) {}

  /** Everything is free. */
  public StartQueue(Capacity all) {
    this.free = all;
  }

  /** An attempt that is to start; which may start now, and hold their room from now on. */
  public synchronized List<T> add(AttemptSpec spec, T attempt) {
    after.putIfAbsent(spec.id(), new HashSet<>(spec.after()));
    waiting.put(spec.id(), new Waiting<>(attempt, Capacity.of(spec.resources())));
    return startable();
  }

  /**
   * An attempt of which it is not known whether it has started: it holds its room, free or not, and
   * what is told of those that it comes after is kept for when it is known.
   */
  public synchronized void hold(AttemptSpec spec) {
    after.putIfAbsent(spec.id(), new HashSet<>(spec.after()));
    var asked = Capacity.of(spec.resources());
    if (holding.putIfAbsent(spec.id(), asked) == null) {
      free = free.minus(asked);
    }
  }

  /** An attempt that held room and turns out not to have started; which may start now. */
  public synchronized List<T> addHeld(AttemptSpec spec, T attempt) {
    giveBack(spec.id());
    return add(spec, attempt);
  }

  /** It waits for room alone; which may start now. */
  public synchronized List<T> release(AttemptId id) {
    var known = after.get(id);
    if (known == null) {
      return List.of();
    }
    known.clear();
    return startable();
  }

  /** It has ended, or will not start; which may start now. */
  public synchronized List<T> end(AttemptId id, boolean succeeded) {
    waiting.remove(id);
    after.remove(id);
    giveBack(id);
    if (succeeded) {
      after.forEach((other, names) -> {
        if (other.run().equals(id.run())) {
          names.remove(id.stepRun());
        }
      });
    }
    return startable();
  }

  /** Whether nothing waits and nothing holds room. */
  public synchronized boolean isEmpty() {
    return waiting.isEmpty() && holding.isEmpty();
  }

  /** Nothing starts while it is paused; which may start now. */
  public synchronized List<T> pause(boolean whether) {
    paused = whether;
    return startable();
  }

  private void giveBack(AttemptId id) {
    var held = holding.remove(id);
    if (held != null) {
      free = free.plus(held);
    }
  }

  private List<T> startable() {
    var now = new ArrayList<T>();
    var all = waiting.entrySet().iterator();
    while (all.hasNext() && !paused && !free.isUsedUp()) {
      var next = all.next();
      if (mayStart(next.getKey()) && free.fits(next.getValue().asked())) {
        after.remove(next.getKey());
        free = free.minus(next.getValue().asked());
        holding.put(next.getKey(), next.getValue().asked());
        now.add(next.getValue().attempt());
        all.remove();
      }
    }
    return now;
  }

  private boolean mayStart(AttemptId id) {
    return after.getOrDefault(id, Set.of()).isEmpty();
  }
}
