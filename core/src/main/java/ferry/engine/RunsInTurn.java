package ferry.engine;

import ferry.backend.Plan;
import ferry.run.RunId;
import ferry.run.RunState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The runs as a turn has them so far: as they were before it, but for what it made of some. */
final class RunsInTurn {
  private final Map<RunId, ActiveRun> active;
  private final Map<RunId, Change> changes = new LinkedHashMap<>();
  private final Map<RunId, Throwable> broken = new LinkedHashMap<>();

  RunsInTurn(Map<RunId, ActiveRun> active) {
    this.active = active;
  }

  boolean isUnderWay(RunId run) {
    return !broken.containsKey(run) && (changes.containsKey(run) || active.containsKey(run));
  }

  /** Whether it was under way before this turn. */
  boolean wasUnderWay(RunId run) {
    return active.containsKey(run);
  }

  /** All, those that were there before first. */
  Set<RunId> all() {
    var runs = new LinkedHashSet<>(active.keySet());
    runs.addAll(changes.keySet());
    return runs;
  }

  /** What this turn makes of a run that is under way. */
  Change change(RunId run) {
    return changes.computeIfAbsent(
        run,
        id -> {
          return new Change(Objects.requireNonNull(active.get(id)));
        });
  }

  /** A run that was not under way is now. */
  void begin(Change change) {
    changes.put(change.plan.id(), change);
  }

  /** The run is as it was before; what the turn had made of it, if anything. */
  Optional<Change> withdraw(RunId run) {
    return Optional.ofNullable(changes.remove(run));
  }

  /** The run cannot be carried on. */
  void breakOff(RunId run, Throwable why) {
    broken.put(run, why);
  }

  Map<RunId, Throwable> broken() {
    return broken;
  }

  Collection<Change> changes() {
    return changes.values();
  }

  RunState state(RunId run) {
    var change = changes.get(run);
    return change != null ? change.after : Objects.requireNonNull(active.get(run)).state();
  }

  Plan plan(RunId run) {
    var change = changes.get(run);
    return change != null ? change.plan : Objects.requireNonNull(active.get(run)).plan();
  }

  /** Whether its attempts turn out to be short. */
  boolean isQuick(RunId run) {
    var change = changes.get(run);
    return change != null ? change.isQuick : Objects.requireNonNull(active.get(run)).isQuick();
  }
}
