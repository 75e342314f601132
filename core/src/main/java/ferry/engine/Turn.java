package ferry.engine;

import ferry.backend.Plan;
import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.run.Capacity;
import ferry.run.Launch;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.RunStatus;
import ferry.run.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One turn of the engine: what was asked and reported, and what follows from it, before any of it
 * is durable or done.
 */
final class Turn {
  private final Map<RunId, ActiveRun> active;
  private final Journal journal;
  private final Launchers launchers;
  private final Aside aside;
  private final Set<RunId> removing;
  private final Instant now;
  private final Map<RunId, Change> changes = new LinkedHashMap<>();
  private final List<Wish.Awaited> granted = new ArrayList<>();
  private final Map<RunId, Throwable> broken = new LinkedHashMap<>();
  private final Map<RunId, UserException> refused = new LinkedHashMap<>();
  private final Set<AttemptId> givenUp = new LinkedHashSet<>();
  private final Rooms left;
  private final Map<RunId, Throwable> faults = new LinkedHashMap<>();
  private boolean endedSome;
  private boolean isSettled;

  /**
   * A turn.
   *
   * @param aside runs that are not carried on
   * @param removing runs that are being removed
   * @param rooms what room is left
   */
  Turn(
      Map<RunId, ActiveRun> active,
      Journal journal,
      Launchers launchers,
      Aside aside,
      Set<RunId> removing,
      Rooms rooms,
      Instant now) {
    this.active = active;
    this.journal = journal;
    this.launchers = launchers;
    this.aside = aside;
    this.removing = removing;
    this.left = rooms.copy();
    this.now = now;
  }

  /** Takes one wish in; where it cannot be granted, whoever waits for it is told at once. */
  void take(Wish wish) {
    switch (wish) {
      case Wish.Report(var run, var event) -> {
        if (isUnderWay(run)) {
          guarded(run, () -> change(run).apply(event));
        } else {
          aside.take(run, event, left);
        }
      }
      case Wish.Removed(var run) -> removing.remove(run);
      case Wish.Awaited awaited -> {
        try {
          grant(awaited);
          granted.add(awaited);
        } catch (UserException no) {
          awaited.answer().completeExceptionally(no);
        } catch (RuntimeException | StackOverflowError fault) {
          forgetUnknown(awaited.run());
          awaited.answer().completeExceptionally(fault);
        }
      }
    }
  }

  /** A run that was not under way before is not begun by a wish that failed half way. */
  private void forgetUnknown(RunId run) {
    if (!active.containsKey(run)) {
      changes.remove(run);
      fail(run, new IllegalStateException("another wish for this run failed"));
    }
  }

  /** Does something to one run; a fault of ours then concerns this run alone. */
  private void guarded(RunId run, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError fault) {
      withdraw(run);
      broken.put(run, fault);
      fail(run, fault);
    }
  }

  /** Takes back what this turn made of a run: it is as it was before. */
  private void withdraw(RunId run) {
    var change = changes.remove(run);
    if (change != null && isSettled) {
      left.free(change.plan.backend(), Taken.by(change.after));
      left.take(change.plan.backend(), Taken.by(change.before));
    }
  }

  private void fail(RunId run, Throwable why) {
    granted.removeIf(wish -> {
      if (wish instanceof Wish.Remove) {
        removing.remove(run);
      }
      return wish.run().equals(run) && wish.answer().completeExceptionally(why);
    });
  }

  private void grant(Wish.Awaited wish) {
    switch (wish) {
      case Wish.Submit(var plan, _) -> submit(plan);
      case Wish.Stop(var run, var reason, _) -> stop(run, reason);
      case Wish.Retry(var run, _) -> retry(run);
      case Wish.Remove(var run, _) -> remove(run);
      case Wish.Follow _ -> {}
    }
  }

  private void submit(Plan plan) {
    refuseRemoved(plan.id());
    var known = isUnderWay(plan.id()) ? digest(plan.id()) : journal.digest(plan.id());
    if (known.isEmpty()) {
      var change = new Change(plan, true, RunState.of(plan.workflow()));
      changes.put(plan.id(), change);
      change.apply(new RunEvent.Submitted(now));
    } else if (!known.get().equals(plan.digest())) {
      throw new RequestError.IdTaken(plan.id().value()).thrown();
    }
  }

  private Optional<String> digest(RunId run) {
    return Optional.of(plan(run).digest());
  }

  private boolean isUnderWay(RunId run) {
    return !broken.containsKey(run) && (changes.containsKey(run) || active.containsKey(run));
  }

  private void refuseRemoved(RunId run) {
    if (removing.contains(run)) {
      throw Refusals.beingRemoved(run);
    }
  }

  private void remove(RunId run) {
    refuseRemoved(run);
    if (aside.has(run) || isUnderWay(run) && !state(run).status().isEnded()) {
      throw Refusals.notEnded(run);
    }
    removing.add(run);
  }

  private void stop(RunId run, String reason) {
    if (isUnderWay(run)) {
      change(run).apply(new RunEvent.StopRequested(now, reason));
    } else if (aside.has(run)) {
      giveUp(run, reason);
    } else if (journal.digest(run).isEmpty()) {
      throw Refusals.notFound(run);
    }
  }

  /** Ends a run that cannot be carried on, at once; its attempts are ended after that. */
  private void giveUp(RunId run, String reason) {
    journal.giveUp(run, now, reason + "; " + aside.why(run).orElse(""));
    givenUp.addAll(aside.attempts(run));
    aside.giveUp(run);
  }

  private void retry(RunId run) {
    refuseRemoved(run);
    if (isUnderWay(run) || aside.has(run)) {
      throw Refusals.notEnded(run);
    }
    var plan = journal.plan(run).orElseThrow(() -> Refusals.notFound(run));
    launchers.of(plan);
    var state = RunState.of(plan.workflow()).applyAll(journal.events(run));
    if (state.status() == RunStatus.SUCCEEDED) {
      throw Refusals.nothingToRetry(run, "succeeded, nothing of it is left to do");
    }
    var change = new Change(plan, false, state);
    changes.put(run, change);
    change.apply(new RunEvent.RetryRequested(now));
    if (change.events.isEmpty()) {
      changes.remove(run);
      throw Refusals.nothingToRetry(run, "was given up half way");
    }
  }

  private Change change(RunId run) {
    return changes.computeIfAbsent(
        run,
        id -> {
          return new Change(Objects.requireNonNull(active.get(id)));
        });
  }

  private RunState state(RunId run) {
    var change = changes.get(run);
    return change != null ? change.after : Objects.requireNonNull(active.get(run)).state();
  }

  /** Decides what starts now, older runs first, as far as there is room. */
  void launch() {
    for (var change : changes.values()) {
      var backend = change.plan.backend();
      left.free(backend, Taken.by(change.before));
      left.take(backend, Taken.by(change.after));
    }
    isSettled = true;
    var runs = new LinkedHashSet<>(active.keySet());
    runs.addAll(changes.keySet());
    var offered = left.copy();
    for (var run : runs) {
      if (isUnderWay(run)) {
        Taken.promise(state(run), plan(run).backend(), offered);
      }
      if (offered.areUsedUp()) {
        break;
      }
      if (isUnderWay(run)) {
        guarded(run, () -> launch(run, offered));
      }
    }
    runAhead(runs);
  }

  private void launch(RunId run, Rooms offered) {
    var backend = plan(run).backend();
    for (var launch : state(run).ready(offered.of(backend), now)) {
      if (launch(change(run), launch)) {
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
  private void runAhead(Iterable<RunId> runs) {
    var places = new HashSet<String>();
    for (var run : runs) {
      if (isUnderWay(run) && !state(run).status().isEnded() && places.add(plan(run).backend())) {
        guarded(run, () -> runAhead(run));
      }
    }
  }

  private void runAhead(RunId run) {
    if (isQuick(run) && change(run).lacking.isEmpty()) {
      int most = launchers.of(plan(run)).ahead() - state(run).queued();
      state(run).ahead(most, now).forEach(launch -> queue(change(run), launch));
    }
  }

  private boolean isQuick(RunId run) {
    var change = changes.get(run);
    return change != null ? change.isQuick : Objects.requireNonNull(active.get(run)).isQuick();
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

  private Plan plan(RunId run) {
    var change = changes.get(run);
    return change != null ? change.plan : Objects.requireNonNull(active.get(run)).plan();
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

  /** Makes durable what the journal takes; of the rest nothing is left in this turn. */
  void record() {
    var recording = new Recording(journal, aside);
    for (var each : recording.record(List.copyOf(changes.values())).entrySet()) {
      var run = each.getKey().plan.id();
      var words = Refusals.worded(each.getValue());
      withdraw(run);
      if (recording.isHopeless(each.getKey(), each.getValue())) {
        broken.put(run, each.getValue());
      } else {
        refused.put(run, words);
      }
      fail(run, words);
    }
  }

  /**
   * Runs of which the journal took nothing, and why: what was reported of them is not known yet.
   */
  Map<RunId, UserException> refused() {
    return refused;
  }

  /** Runs that cannot be carried on. */
  Map<RunId, Throwable> broken() {
    return broken;
  }

  /** Faults of ours that failed a step of the run and no more. */
  Map<RunId, Throwable> faults() {
    return faults;
  }

  /** Attempts of runs that were given up, to be ended. */
  Set<AttemptId> givenUp() {
    return givenUp;
  }

  /** What room is left after this turn. */
  Rooms left() {
    return left;
  }

  Iterable<Change> changes() {
    return changes.values();
  }

  /** Wishes that hold once this turn is durable. */
  List<Wish.Awaited> granted() {
    return granted;
  }
}
