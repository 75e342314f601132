package ferry.engine;

import ferry.run.RunEvent;
import ferry.run.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whoever hears of runs: the listener of all, and those who follow one. What they make of it must
 * not end the engine.
 */
final class Audience {
  private final Journal journal;
  private final RunListener listener;
  private final Map<RunId, List<Consumer<RunEvent>>> followers = new LinkedHashMap<>();

  Audience(Journal journal, RunListener listener) {
    this.journal = journal;
    this.listener = listener;
  }

  /** Does something for a run; a fault in it is told, and goes no further. */
  void guarded(RunId run, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      listener.faulty(run, fault);
    }
  }

  /**
   * Events before this turn come from the journal; those of this turn and later ones are told as
   * they come.
   */
  void join(Wish.Follow follow, boolean isActive) {
    journal.events(follow.run()).forEach(follow.events());
    if (isActive) {
      followers.computeIfAbsent(follow.run(), _ -> new ArrayList<>()).add(follow.events());
    }
  }

  /** Tells what has become durable. */
  void tell(Change change) {
    if (!change.events.isEmpty()) {
      var id = change.plan.id();
      guarded(id, () -> listener.changed(change.plan, change.events, change.before, change.after));
      for (var follower : followers.getOrDefault(id, List.of())) {
        guarded(id, () -> change.events.forEach(follower));
      }
    }
    if (change.after.status().isEnded()) {
      followers.remove(change.plan.id());
    }
  }
}
