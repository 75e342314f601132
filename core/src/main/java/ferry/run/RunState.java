package ferry.run;

import ferry.workflow.Dag;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  final IndexSet delayed;
  final IndexSet active;
  final Tally tally;
  private final RunState beginning;

  RunState(Draft draft) {
    workflow = draft.workflow;
    dag = draft.dag;
    stepRuns = draft.stepRuns;
    groups = draft.groups;
    indexes = draft.indexes;
    ready = draft.ready;
    delayed = draft.delayed;
    active = draft.active;
    tally = draft.tally();
    beginning = draft.beginning.orElse(this);
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
      if (left.fits(asked) && mayStart(stepRun, now)) {
        launches.add(new Launch(stepRun, step, stepRun.state().attempt()));
        left = left.minus(asked);
      }
    }
    return launches;
  }

  /**
   * What will start next and can be told so before there is room: what is ready, then what waits
   * only for step runs whose attempts are under way, and needs to know nothing of them but that
   * they succeeded.
   *
   * @param most how many at most
   */
  public List<Launch> ahead(int most, Instant now) {
    return new Ahead(this, now).find(most);
  }

  /** How many step runs have an attempt that starts by itself. */
  public int queued() {
    return (int)
        active().stream().filter(stepRun -> stepRun.state() instanceof StepState.Queued).count();
  }

  /** Whether a step before it has not ended. */
  public boolean waitsForOthers(StepRun stepRun) {
    return groups.get(stepRun.step()).unmet() > 0;
  }

  /**
   * The names of the step runs before it that it needs and that have not succeeded; never to be
   * had, where one has failed.
   */
  public Set<String> awaited(StepRun stepRun) {
    var names = new LinkedHashSet<String>();
    for (int before : dag.before(stepRun.step())) {
      for (int index : groups.get(before).members()) {
        var state = stepRuns.get(index).state();
        if (!(state instanceof StepState.Succeeded || state instanceof StepState.Skipped)) {
          names.add(stepRuns.get(index).name());
        }
      }
    }
    return names;
  }

  /**
   * When the next step run that waits for a time may start, where there is one that must still
   * wait.
   */
  public Optional<Instant> nextWake(Instant now) {
    Optional<Instant> earliest = Optional.empty();
    for (int i = delayed.next(0); i >= 0; i = delayed.next(i + 1)) {
      var stepRun = stepRuns.get(i);
      if (stepRun.state() instanceof StepState.Ready(int _, Instant notBefore)
          && !mayStart(stepRun, now)) {
        earliest =
            earliest.filter(known -> known.isBefore(notBefore)).or(() -> Optional.of(notBefore));
      }
    }
    return earliest;
  }

  /**
   * Whether its time has come. A time that is farther off than it was made is one that a clock was
   * set back from.
   */
  boolean mayStart(StepRun stepRun, Instant now) {
    return stepRun.state() instanceof StepState.Ready ready
        && (!ready.isDelayed()
            || !ready.notBefore().isAfter(now)
            || ready.notBefore().isAfter(now.plus(longestWait(stepRun))));
  }

  private Duration longestWait(StepRun stepRun) {
    return dag.step(stepRun.step()).retries().waitAfter(Math.max(1, stepRun.failures()));
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

  /** How often the run was asked to go on from what did not succeed. */
  public int retried() {
    return tally.retried();
  }

  /**
   * The run as it was when it last set out: before anything had happened, or as it was asked to go
   * on.
   */
  public RunState beginning() {
    return beginning;
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

  /** Step runs with an attempt whose end will be reported, in their order. */
  public List<StepRun> active() {
    var all = new ArrayList<StepRun>();
    for (int i = active.next(0); i >= 0; i = active.next(i + 1)) {
      all.add(stepRuns.get(i));
    }
    return all;
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
