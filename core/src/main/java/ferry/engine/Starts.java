package ferry.engine;

import ferry.error.UserException;
import ferry.run.Capacity;
import ferry.run.Launch;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Decides which attempts start in a turn, and which are written down ahead of theirs. */
final class Starts {
  private final RunsInTurn runs;
  private final Launchers launchers;
  private final Rooms left;
  private final Instant now;
  private final Map<RunId, Throwable> faults = new LinkedHashMap<>();
  private boolean endedSome;

  /** Does something to one run, whose fault then concerns that run alone. */
  interface Guard {
    void guarded(RunId run, Runnable work);
  }

  /**
   * Of one turn.
   *
   * @param left what room is left; what starts takes its part
   */
  Starts(RunsInTurn runs, Launchers launchers, Rooms left, Instant now) {
    this.runs = runs;
    this.launchers = launchers;
    this.left = left;
    this.now = now;
  }

  /** Older runs first, as far as there is room. */
  void decide(Guard each) {
    var all = runs.all();
    var offered = left.copy();
    for (var run : all) {
      if (runs.isUnderWay(run)) {
        Taken.promise(runs.state(run), runs.plan(run).backend(), offered);
      }
      if (offered.areUsedUp()) {
        break;
      }
      if (runs.isUnderWay(run)) {
        each.guarded(run, () -> launch(run, offered));
      }
    }
    runAhead(all, each);
  }

  private void launch(RunId run, Rooms offered) {
    var backend = runs.plan(run).backend();
    for (var launch : runs.state(run).ready(offered.of(backend), now)) {
      if (launch(runs.change(run), launch)) {
        var asked = Capacity.of(launch.step().resources());
        left.take(backend, asked);
        offered.take(backend, asked);
      }
    }
  }

  /**
   * Writes down the next attempts of the oldest run of each place before there is room for them:
   * then none of them waits for the disk. Newer runs must not, or theirs would come before what the
   * oldest finds ready later.
   */
  private void runAhead(Iterable<RunId> all, Guard each) {
    var places = new HashSet<String>();
    for (var run : all) {
      if (runs.isUnderWay(run)
          && !runs.state(run).status().isEnded()
          && places.add(runs.plan(run).backend())) {
        each.guarded(run, () -> runAhead(run));
      }
    }
  }

  private void runAhead(RunId run) {
    if (runs.isQuick(run) && runs.change(run).lacking.isEmpty()) {
      int most = launchers.of(runs.plan(run)).ahead() - runs.state(run).queued();
      runs.state(run).ahead(most, now).forEach(launch -> queue(runs.change(run), launch));
    }
  }

  private void queue(Change change, Launch launch) {
    var stepRun = launch.stepRun();
    try {
      var spec = AttemptSpecs.of(change.plan, change.after, launch);
      var after = change.after.awaited(stepRun);
      var machine = launchers.of(change.plan).machine();
      change.apply(new RunEvent.Queued(stepRun.name(), launch.attempt(), now, machine));
      change.launches.add(spec.after(after));
    } catch (UserException _) {
      // A value is missing, now or for ever: its own turn will tell.
    }
  }

  /** Whether it takes its room; what cannot be filled in ends at once. */
  private boolean launch(Change change, Launch launch) {
    var name = launch.stepRun().name();
    if (change.lacking.isPresent()) {
      return isNotStarted(change, launch, Outcome.Cause.CANNOT_START, change.lacking.get());
    }
    try {
      var spec = AttemptSpecs.of(change.plan, change.after, launch);
      var machine = launchers.of(change.plan).machine();
      change.apply(new RunEvent.Launching(name, launch.attempt(), now, machine));
      change.launches.add(spec);
      return true;
    } catch (UserException unfilled) {
      var reason = unfilled.error().message();
      return isNotStarted(change, launch, Outcome.Cause.NO_VALUE, reason);
    } catch (RuntimeException | StackOverflowError fault) {
      faults.put(change.plan.id(), fault);
      var reason = "it could not be started, by a fault of Ferry's: " + fault;
      return isNotStarted(change, launch, Outcome.Cause.CANNOT_START, reason);
    }
  }

  private boolean isNotStarted(Change change, Launch launch, Outcome.Cause cause, String reason) {
    var outcome = new Outcome.Failed(cause, OptionalInt.empty(), reason);
    var name = launch.stepRun().name();
    endedSome = true;
    change.apply(new RunEvent.Ended(name, launch.attempt(), now, outcome, Usage.UNKNOWN));
    return false;
  }

  /** Whether a step ended without a start, so that another turn may find more to start. */
  boolean endedSome() {
    return endedSome;
  }

  /** Faults of ours that failed a step of the run and no more. */
  Map<RunId, Throwable> faults() {
    return faults;
  }
}
