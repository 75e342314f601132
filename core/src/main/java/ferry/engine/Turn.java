package ferry.engine;

import ferry.backend.Plan;
import ferry.error.RequestError;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.run.Capacity;
import ferry.run.Launch;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.RunStatus;
import ferry.run.StepRun;
import ferry.run.StepState;
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

/**
 * One turn of the engine: what was asked and reported, and what follows from it, before any of it
 * is durable or done.
 */
final class Turn {
  private final Map<RunId, ActiveRun> active;
  private final Journal journal;
  private final Launchers launchers;
  private final Instant now;
  private final Map<RunId, Change> changes = new LinkedHashMap<>();
  private final List<Wish.Awaited> granted = new ArrayList<>();
  private boolean endedSome;

  Turn(Map<RunId, ActiveRun> active, Journal journal, Launchers launchers, Instant now) {
    this.active = active;
    this.journal = journal;
    this.launchers = launchers;
    this.now = now;
  }

  /** Takes one wish in; where it cannot be granted, whoever waits for it is told at once. */
  void take(Wish wish) {
    switch (wish) {
      case Wish.Report(var run, var event) -> {
        if (isUnderWay(run)) {
          change(run).apply(event);
        }
      }
      case Wish.Awaited awaited -> {
        try {
          grant(awaited);
          granted.add(awaited);
        } catch (UserException refused) {
          awaited.answer().completeExceptionally(refused);
        }
      }
    }
  }

  private void grant(Wish.Awaited wish) {
    switch (wish) {
      case Wish.Submit(var plan, _) -> submit(plan);
      case Wish.Stop(var run, var reason, _) -> stop(run, reason);
      case Wish.Retry(var run, _) -> retry(run);
      case Wish.Follow _ -> {}
    }
  }

  private void submit(Plan plan) {
    var known = known(plan.id());
    if (known.isEmpty()) {
      var change = new Change(plan, true, RunState.of(plan.workflow()));
      changes.put(plan.id(), change);
      change.apply(new RunEvent.Submitted(now));
    } else if (!known.get().digest().equals(plan.digest())) {
      throw new RequestError.IdTaken(plan.id().value()).thrown();
    }
  }

  private Optional<Plan> known(RunId run) {
    return isUnderWay(run) ? Optional.of(change(run).plan) : journal.plan(run);
  }

  private boolean isUnderWay(RunId run) {
    return changes.containsKey(run) || active.containsKey(run);
  }

  private void stop(RunId run, String reason) {
    if (isUnderWay(run)) {
      change(run).apply(new RunEvent.StopRequested(now, reason));
    } else if (journal.plan(run).isEmpty()) {
      throw notFound(run);
    }
  }

  private void retry(RunId run) {
    if (isUnderWay(run)) {
      var help = List.of("stop it first with `ferry stop " + run + "`");
      throw new RequestError.Conflict("run `" + run + "` has not ended", help).thrown();
    }
    var plan = journal.plan(run).orElseThrow(() -> notFound(run));
    launchers.of(plan);
    var state = RunState.of(plan.workflow()).applyAll(journal.events(run));
    if (state.status() == RunStatus.SUCCEEDED) {
      var help = List.of("run all of it again with `ferry rerun " + run + "`");
      throw new RequestError.Conflict(
              "run `" + run + "` succeeded, nothing of it is left to do", help)
          .thrown();
    }
    var change = new Change(plan, false, state);
    changes.put(run, change);
    change.apply(new RunEvent.RetryRequested(now));
  }

  private static UserException notFound(RunId run) {
    return new RequestError.NotFound("run", run.value(), Optional.empty()).thrown();
  }

  private Change change(RunId run) {
    return changes.computeIfAbsent(
        run,
        id -> {
          var known = Objects.requireNonNull(active.get(id));
          return new Change(known);
        });
  }

  private RunState state(RunId run) {
    var change = changes.get(run);
    return change != null ? change.after : Objects.requireNonNull(active.get(run)).state();
  }

  /**
   * Decides what starts now, older runs first, as far as there is room; gives back what room is
   * left.
   */
  Rooms launch(Rooms room) {
    var left = room.copy();
    for (var change : changes.values()) {
      var backend = change.plan.backend();
      left.free(backend, taken(change.before));
      left.take(backend, taken(change.after));
    }
    var runs = new LinkedHashSet<>(active.keySet());
    runs.addAll(changes.keySet());
    var offered = left.copy();
    for (var run : runs) {
      promise(run, offered);
      if (offered.areUsedUp()) {
        break;
      }
      launch(run, left, offered);
    }
    runAhead(runs);
    return left;
  }

  private void launch(RunId run, Rooms left, Rooms offered) {
    var backend = plan(run).backend();
    for (var launch : state(run).ready(offered.of(backend), now)) {
      if (launch(change(run), launch)) {
        var asked = Capacity.of(launch.step().resources());
        left.take(backend, asked);
        offered.take(backend, asked);
      }
    }
  }

  /** Leaves room to the attempts that start by themselves. */
  private void promise(RunId run, Rooms offered) {
    var backend = plan(run).backend();
    var state = state(run);
    for (var stepRun : state.active()) {
      var asked = asked(state, stepRun);
      if (stepRun.state() instanceof StepState.Queued
          && !state.waitsForOthers(stepRun)
          && offered.of(backend).fits(asked)) {
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
      var plan = plan(run);
      if (!state(run).status().isEnded() && places.add(plan.backend()) && isQuick(run)) {
        int most = launchers.of(plan).ahead() - state(run).queued();
        state(run).ahead(most, now).forEach(launch -> queue(change(run), launch));
      }
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
    try {
      var spec = AttemptSpecs.of(change.plan, change.after, launch);
      var machine = launchers.of(change.plan).machine();
      change.apply(new RunEvent.Launching(name, launch.attempt(), now, machine));
      change.launches.add(spec);
      return true;
    } catch (UserException unfilled) {
      var reason = unfilled.error().message();
      var outcome = new Outcome.Failed(Outcome.Cause.NO_VALUE, OptionalInt.empty(), reason);
      endedSome = true;
      change.apply(new RunEvent.Ended(name, launch.attempt(), now, outcome, Usage.UNKNOWN));
      return false;
    }
  }

  /** The room that a run's attempts hold. */
  static Capacity taken(RunState state) {
    var sum = Capacity.NONE;
    for (var stepRun : state.active()) {
      if (stepRun.state().holdsRoom()) {
        sum = sum.plus(asked(state, stepRun));
      }
    }
    return sum;
  }

  private static Capacity asked(RunState state, StepRun stepRun) {
    return Capacity.of(state.dag().step(stepRun.step()).resources());
  }

  /** Whether a step ended without a start, so that another turn may find more to start. */
  boolean endedSome() {
    return endedSome;
  }

  /** What the journal has to take before anything of this is done. */
  List<Journal.Entry> entries() {
    return changes.values().stream()
        .filter(change -> change.isNew || !change.events.isEmpty())
        .map(Change::entry)
        .toList();
  }

  Iterable<Change> changes() {
    return changes.values();
  }

  /** Wishes that hold once this turn is durable. */
  List<Wish.Awaited> granted() {
    return granted;
  }

  /** Tells everybody who waits that nothing of this turn could be made durable. */
  void refuse(UserException why) {
    granted.forEach(wish -> wish.answer().completeExceptionally(why));
  }

  /** An error that is no word of ours, as one that can be told. */
  static UserException worded(RuntimeException failure) {
    return failure instanceof UserException known
        ? known
        : new SystemError.Unavailable(
                "nothing could be recorded: " + failure.getMessage(), List.of())
            .thrown();
  }
}
