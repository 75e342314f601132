package ferry.engine;

import ferry.backend.Plan;
import ferry.error.UserException;
import ferry.run.Launch;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks up what an earlier engine left: runs from the journal, attempts from their launchers. A run
 * that cannot be picked up holds up no other.
 */
final class Recovery {
  private final Journal journal;
  private final Launchers launchers;
  private final RunListener listener;
  private final Map<RunId, ActiveRun> active;
  private final Aside aside;
  private final Rooms rooms;

  Recovery(
      Journal journal,
      Launchers launchers,
      RunListener listener,
      Map<RunId, ActiveRun> active,
      Aside aside,
      Rooms rooms) {
    this.journal = journal;
    this.launchers = launchers;
    this.listener = listener;
    this.active = active;
    this.aside = aside;
    this.rooms = rooms;
  }

  void run() {
    for (var id : journal.unfinished()) {
      try {
        pickUp(id);
      } catch (RuntimeException | StackOverflowError unreadable) {
        var why = Refusals.worded(unreadable);
        aside.put(id, "it cannot be carried on: " + why.error().message());
        listener.leftBehind(id, why);
      }
    }
    for (var run : List.copyOf(active.values())) {
      try {
        launchers.of(run.plan()).decided(run.plan(), List.of(), run.state());
        run.state().active().forEach(stepRun -> resume(run, stepRun));
      } catch (RuntimeException | StackOverflowError fault) {
        aside.letGo(active, run.plan().id(), fault);
        listener.faulty(run.plan().id(), fault);
      }
    }
  }

  private void pickUp(RunId id) {
    var lacking = Optional.<String>empty();
    Plan plan;
    try {
      plan = journal.plan(id).orElseThrow();
    } catch (UserException gone) {
      plan = journal.bare(id).orElseThrow();
      lacking = Optional.of(gone.error().message());
      listener.leftBehind(id, gone);
    }
    launchers.of(plan);
    var state = RunState.of(plan.workflow()).applyAll(journal.events(id));
    active.put(id, new ActiveRun(plan, state, false, lacking));
    rooms.take(plan.backend(), Taken.by(state));
  }

  /** What is not known to have started is not started now where something is lacking. */
  private void resume(ActiveRun run, StepRun stepRun) {
    var plan = run.plan();
    var state = run.state();
    var launcher = launchers.of(plan);
    var step = state.dag().step(stepRun.step());
    var spec = AttemptSpecs.of(plan, state, new Launch(stepRun, step, stepRun.state().attempt()));
    switch (stepRun.state()) {
      case StepState.Queued(_, _, String machine) ->
          launcher.resume(
              plan, spec.after(state.awaited(stepRun)), machine, run.lacking().isPresent());
      case StepState.Starting(_, _, String machine, _) ->
          launcher.resume(plan, spec, machine, run.lacking().isPresent());
      case StepState.Running(_, _, String machine) -> launcher.resume(plan, spec, machine, true);
      case StepState.Stopping(_, _, String machine) -> {
        launcher.resume(plan, spec, machine, true);
        launcher.stop(spec.id());
      }
      case StepState.Blocked _,
          StepState.Ready _,
          StepState.Succeeded _,
          StepState.Failed _,
          StepState.Stopped _,
          StepState.Skipped _ -> {}
    }
  }
}
