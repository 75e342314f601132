package ferry.engine;

import ferry.backend.Plan;
import ferry.error.RequestError;
import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One turn of the engine: what was asked and reported, and what follows from it, before any of it
 * is durable or done.
 */
final class Turn {
  private final RunsInTurn runs;
  private final Journal journal;
  private final Launchers launchers;
  private final Aside aside;
  private final Set<RunId> removing;
  private final Instant now;
  private final List<Wish.Awaited> granted = new ArrayList<>();
  private final Map<RunId, UserException> refused = new LinkedHashMap<>();
  private final Set<AttemptId> givenUp = new LinkedHashSet<>();
  private final Rooms left;
  private final Starts starts;
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
    this.runs = new RunsInTurn(active);
    this.journal = journal;
    this.launchers = launchers;
    this.aside = aside;
    this.removing = removing;
    this.left = rooms.copy();
    this.now = now;
    this.starts = new Starts(runs, launchers, left, now);
  }

  /** Takes one wish in; where it cannot be granted, whoever waits for it is told at once. */
  void take(Wish wish) {
    switch (wish) {
      case Wish.Report(var run, var event) -> {
        if (runs.isUnderWay(run)) {
          guarded(run, () -> runs.change(run).apply(event));
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
    if (!runs.wasUnderWay(run)) {
      runs.withdraw(run);
      fail(run, new IllegalStateException("another wish for this run failed"));
    }
  }

  /** Does something to one run; a fault of ours then concerns this run alone. */
  private void guarded(RunId run, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError fault) {
      withdraw(run);
      runs.breakOff(run, fault);
      fail(run, fault);
    }
  }

  /** Takes back what this turn made of a run: it is as it was before. */
  private void withdraw(RunId run) {
    var change = runs.withdraw(run);
    if (change.isPresent() && isSettled) {
      var backend = change.get().plan.backend();
      left.free(backend, Taken.by(change.get().after));
      left.take(backend, Taken.by(change.get().before));
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
    var known = runs.isUnderWay(plan.id()) ? digest(plan.id()) : journal.digest(plan.id());
    if (known.isEmpty()) {
      var change = new Change(plan, true, RunState.of(plan.workflow()));
      runs.begin(change);
      change.apply(new RunEvent.Submitted(now));
    } else if (!known.get().equals(plan.digest())) {
      throw new RequestError.IdTaken(plan.id().value()).thrown();
    }
  }

  private Optional<String> digest(RunId run) {
    return Optional.of(runs.plan(run).digest());
  }

  private void refuseRemoved(RunId run) {
    if (removing.contains(run)) {
      throw Refusals.beingRemoved(run);
    }
  }

  private void remove(RunId run) {
    refuseRemoved(run);
    if (aside.has(run) || runs.isUnderWay(run) && !runs.state(run).status().isEnded()) {
      throw Refusals.notEnded(run);
    }
    removing.add(run);
  }

  private void stop(RunId run, String reason) {
    if (runs.isUnderWay(run)) {
      runs.change(run).apply(new RunEvent.StopRequested(now, reason));
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
    if (runs.isUnderWay(run) || aside.has(run)) {
      throw Refusals.notEnded(run);
    }
    var plan = journal.plan(run).orElseThrow(() -> Refusals.notFound(run));
    launchers.of(plan);
    var state = RunState.of(plan.workflow()).applyAll(journal.events(run));
    if (state.status() == RunStatus.SUCCEEDED) {
      throw Refusals.nothingToRetry(run, "succeeded, nothing of it is left to do");
    }
    var change = new Change(plan, false, state);
    runs.begin(change);
    change.apply(new RunEvent.RetryRequested(now));
    if (change.events.isEmpty()) {
      runs.withdraw(run);
      throw Refusals.nothingToRetry(run, "was given up half way");
    }
  }

  /** Decides what starts now, older runs first, as far as there is room. */
  void launch() {
    for (var change : runs.changes()) {
      var backend = change.plan.backend();
      left.free(backend, Taken.by(change.before));
      left.take(backend, Taken.by(change.after));
    }
    isSettled = true;
    starts.decide(this::guarded);
  }

  /** Whether a step ended without a start, so that another turn may find more to start. */
  boolean endedSome() {
    return starts.endedSome();
  }

  /** Makes durable what the journal takes; of the rest nothing is left in this turn. */
  void record() {
    var recording = new Recording(journal, aside);
    for (var each : recording.record(List.copyOf(runs.changes())).entrySet()) {
      var run = each.getKey().plan.id();
      var words = Refusals.worded(each.getValue());
      withdraw(run);
      if (recording.isHopeless(each.getKey(), each.getValue())) {
        runs.breakOff(run, each.getValue());
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
    return runs.broken();
  }

  /** Faults of ours that failed a step of the run and no more. */
  Map<RunId, Throwable> faults() {
    return starts.faults();
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
    return runs.changes();
  }

  /** Wishes that hold once this turn is durable. */
  List<Wish.Awaited> granted() {
    return granted;
  }
}
