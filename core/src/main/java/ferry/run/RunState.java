package ferry.run;

import ferry.workflow.Dag;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that is true of a run after its events so far. Applying an event gives a new state and
 * leaves this one as it is; an event that is already known, or that comes too late to matter, gives
 * the same state.
 */
public final class RunState {
  final Workflow workflow;
  final Dag dag;
  final PersistentList<StepRun> stepRuns;
  final PersistentList<StepGroup> groups;
  final Map<String, Integer> indexes;
  final IndexSet ready;
  final IndexSet active;
  final Tally tally;

  RunState(Draft draft) {
    workflow = draft.workflow;
    dag = draft.dag;
    stepRuns = draft.stepRuns;
    groups = draft.groups;
    indexes = draft.indexes;
    ready = draft.ready;
    active = draft.active;
    tally = draft.tally();
  }

  /**
   * A run of which nothing has happened yet.
   *
   * @throws ferry.error.UserException where {@link Dag#of} refuses the workflow
   */
  public static RunState of(Workflow workflow) {
    return Draft.of(workflow, Dag.of(workflow)).build();
  }

  /** What is true after the event. */
  public RunState apply(RunEvent event) {
    return Transition.apply(this, event);
  }

  /** What is true after the events, in their order. */
  public RunState applyAll(Iterable<? extends RunEvent> events) {
    var state = this;
    for (var event : events) {
      state = state.apply(event);
    }
    return state;
  }

  /**
   * What may start now: step runs in their order, as far as there is room; one that does not fit is
   * passed over.
   *
   * @param room what is free
   */
  public List<Launch> ready(Capacity room, Instant now) {
    var launches = new ArrayList<Launch>();
    var left = room;
    for (int i = ready.next(0); i >= 0 && !left.isUsedUp(); i = ready.next(i + 1)) {
      var stepRun = stepRuns.get(i);
      var step = dag.step(stepRun.step());
      var asked = Capacity.of(step.resources());
      if (left.fits(asked)
          && stepRun.state() instanceof StepState.Ready(int attempt, Instant notBefore)
          && !notBefore.isAfter(now)) {
        launches.add(new Launch(stepRun, step, attempt));
        left = left.minus(asked);
      }
    }
    return launches;
  }

  /**
   * When the next step run that waits for a time may start, where there is one that must still
   * wait.
   */
  public Optional<Instant> nextWake(Instant now) {
    Optional<Instant> earliest = Optional.empty();
    if (tally.delayed() == 0) {
      return earliest;
    }
    for (int i = ready.next(0); i >= 0; i = ready.next(i + 1)) {
      if (stepRuns.get(i).state() instanceof StepState.Ready(int _, Instant notBefore)
          && notBefore.isAfter(now)) {
        earliest =
            earliest.filter(known -> known.isBefore(notBefore)).or(() -> Optional.of(notBefore));
      }
    }
    return earliest;
  }

  public Workflow workflow() {
    return workflow;
  }

  public Dag dag() {
    return dag;
  }

  public RunStatus status() {
    return tally.status();
  }

  /**
   * How the run would end if nothing more of it failed: what the steps of {@code finally} are told.
   */
  public RunStatus outcomeSoFar() {
    return tally.outcomeSoFar();
  }

  /** Why the run was asked to stop, if it was. */
  public Optional<String> stopReason() {
    return tally.stopReason();
  }

  public int size() {
    return stepRuns.size();
  }

  /** How many step runs have ended. */
  public int done() {
    return stepRuns.size() - tally.ordinary() - tally.last();
  }

  public StepRun stepRun(int index) {
    return stepRuns.get(index);
  }

  public Optional<StepRun> stepRun(String name) {
    return Optional.ofNullable(indexes.get(name)).map(stepRuns::get);
  }

  /** Step runs with an attempt that holds its place on the machine. */
  public void forEachActive(Consumer<StepRun> visitor) {
    for (int i = active.next(0); i >= 0; i = active.next(i + 1)) {
      visitor.accept(stepRuns.get(i));
    }
  }

  /** Step runs that are new or different since an earlier state of the same run. */
  public List<StepRun> changedSince(RunState earlier) {
    var changed = new ArrayList<StepRun>();
    stepRuns.forEachChanged(earlier.stepRuns, (_, stepRun) -> changed.add(stepRun));
    return changed;
  }

  /**
   * The value that a placeholder of that name has for a step run by now: a variable, a parameter,
   * or {@code step.value}.
   */
  public Optional<String> value(StepRun stepRun, String name) {
    return Lookup.value(this, stepRun, name);
  }
}
