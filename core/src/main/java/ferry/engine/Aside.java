package ferry.engine;

import ferry.backend.Plan;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import ferry.run.StepRun;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs that have not ended and cannot be carried on, so that they hold up no other. What of them
 * runs goes on and keeps its room; each says why it is here, and can be stopped and removed.
 */
final class Aside {
  /** So often a run is refused by the journal, for no fault of the disk, before it is set aside. */
  private static final int MOST_REFUSALS = 3;

  private final Map<RunId, String> words = new ConcurrentHashMap<>();
  private final Map<RunId, Held> held = new HashMap<>();
  private final Map<RunId, Integer> refusals = new HashMap<>();

  private record Held(Plan plan, Map<AttemptId, Capacity> attempts) {}

  /** Sets a run aside of which nothing but its name is known. */
  void put(RunId run, String why) {
    words.put(run, why);
  }

  /** Sets a run aside as it was last recorded. */
  void put(ActiveRun run, String why) {
    var attempts = new LinkedHashMap<AttemptId, Capacity>();
    var state = run.state();
    for (var stepRun : state.active()) {
      boolean holds = stepRun.state().holdsRoom();
      attempts.put(id(run, stepRun), holds ? Taken.asked(state, stepRun) : Capacity.NONE);
    }
    held.put(run.plan().id(), new Held(run.plan(), attempts));
    refusals.remove(run.plan().id());
    put(run.plan().id(), why);
  }

  /** Takes a run out of those under way, where it would hold up all others. */
  void letGo(Map<RunId, ActiveRun> active, RunId run, Throwable fault) {
    var known = active.remove(run);
    if (known != null) {
      var why = Refusals.worded(fault).error().message();
      put(known, "it was set aside, so that other runs go on: " + why);
    }
  }

  private static AttemptId id(ActiveRun run, StepRun stepRun) {
    return new AttemptId(run.plan().id(), stepRun.name(), stepRun.state().attempt());
  }

  boolean has(RunId run) {
    return words.containsKey(run);
  }

  /** Why a run was set aside, if it was; from any thread. */
  Optional<String> why(RunId run) {
    return Optional.ofNullable(words.get(run));
  }

  /** The journal did not take a run, which is no fault of the disk; whether that is enough. */
  boolean isRefusedTooOften(RunId run) {
    return refusals.merge(run, 1, Integer::sum) >= MOST_REFUSALS;
  }

  /** The journal took what it was given of a run. */
  void taken(RunId run) {
    refusals.remove(run);
  }

  /** Gives back the room of an attempt that has ended. */
  void take(RunId run, StepEvent event, Rooms rooms) {
    var known = held.get(run);
    if (known != null && event instanceof Ended) {
      var ended = known.attempts.remove(new AttemptId(run, event.stepRun(), event.attempt()));
      if (ended != null) {
        rooms.free(known.plan.backend(), ended);
      }
    }
  }

  /** The attempts of a run that are still under way, as far as they are known. */
  Set<AttemptId> attempts(RunId run) {
    var known = held.get(run);
    return known == null ? Set.of() : Set.copyOf(known.attempts.keySet());
  }

  /** The plan of a run that was set aside, where it is known. */
  Optional<Plan> plan(RunId run) {
    return Optional.ofNullable(held.get(run)).map(Held::plan);
  }

  /** A run is aside no more, because it was given up; its attempts are still waited for. */
  void giveUp(RunId run) {
    words.remove(run);
  }
}
