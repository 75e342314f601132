package ferry.run;

import ferry.workflow.Dag;
import ferry.workflow.Foreach;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's state while an event is applied to it: the one mutable thing here, and never seen outside
 * of one event.
 */
final class Draft {
  final Workflow workflow;
  final Dag dag;
  PersistentList<StepRun> stepRuns;
  PersistentList<StepGroup> groups;
  Map<String, Integer> indexes;
  IndexSet ready;
  IndexSet delayed;
  IndexSet active;
  boolean submitted;
  boolean begun;
  boolean finishing;
  int ordinary;
  int last;
  int failed;
  int stopped;
  Optional<String> stopReason = Optional.empty();
  int retried;

  /** As {@link RunState#beginning}; empty where the run sets out now. */
  Optional<RunState> beginning = Optional.empty();

  Draft(RunState state) {
    workflow = state.workflow;
    dag = state.dag;
    stepRuns = state.stepRuns;
    groups = state.groups;
    indexes = state.indexes;
    ready = state.ready;
    delayed = state.delayed;
    active = state.active;
    var tally = state.tally;
    submitted = tally.submitted();
    begun = tally.begun();
    finishing = tally.finishing();
    ordinary = tally.ordinary();
    last = tally.last();
    failed = tally.failed();
    stopped = tally.stopped();
    stopReason = tally.stopReason();
    retried = tally.retried();
    beginning = Optional.of(state.beginning());
  }

  private Draft(
      Workflow workflow, Dag dag, List<StepRun> all, List<StepGroup> groups, int ordinary) {
    this.workflow = workflow;
    this.dag = dag;
    this.stepRuns = PersistentList.of(all);
    this.groups = PersistentList.of(groups);
    this.indexes = new HashMap<>();
    all.forEach(stepRun -> indexes.put(stepRun.name(), stepRun.index()));
    this.ready = IndexSet.EMPTY;
    this.delayed = IndexSet.EMPTY;
    this.active = IndexSet.EMPTY;
    this.ordinary = ordinary;
    this.last = all.size() - ordinary;
  }

  /**
   * Every step run that is known from the start; a step over a list that is still to come has one
   * in its place.
   */
  static Draft of(Workflow workflow, Dag dag) {
    var all = new ArrayList<StepRun>();
    var groups = new ArrayList<StepGroup>();
    int ordinary = 0;
    for (int position = 0; position < dag.size(); position++) {
      ordinary = position == dag.finallyFrom() ? all.size() : ordinary;
      var members = new ArrayList<Integer>();
      for (var each : known(dag.step(position))) {
        members.add(all.size());
        all.add(blocked(all.size(), dag.step(position), position, each));
      }
      groups.add(StepGroup.blocked(dag.before(position).length, members));
    }
    return new Draft(
        workflow, dag, all, groups, dag.finallyFrom() == dag.size() ? all.size() : ordinary);
  }

  private static List<LinkedHashMap<String, String>> known(Step step) {
    return step.foreach()
        .filter(Foreach::isStatic)
        .map(Repetition::combinations)
        .orElse(List.of(new LinkedHashMap<>()));
  }

  static StepRun blocked(int index, Step step, int position, Map<String, String> each) {
    var name = Repetition.name(step.name(), each);
    return new StepRun(index, name, position, each, new StepState.Blocked(0), 0, Map.of());
  }

  RunState build() {
    return new RunState(this);
  }

  Tally tally() {
    return new Tally(
        submitted, begun, finishing, ordinary, last, failed, stopped, stopReason, retried);
  }

  /**
   * Puts a step run in its new state and keeps sets and counts in step; the group's own counts are
   * the caller's.
   */
  void put(StepRun next) {
    int index = next.index();
    var before = stepRuns.get(index).state();
    var after = next.state();
    stepRuns = stepRuns.with(index, next);
    if (before instanceof StepState.Ready != after instanceof StepState.Ready) {
      ready = after instanceof StepState.Ready ? ready.plus(index) : ready.minus(index);
    }
    if (isDelayed(before) != isDelayed(after)) {
      delayed = isDelayed(after) ? delayed.plus(index) : delayed.minus(index);
    }
    if (before.isActive() != after.isActive()) {
      active = after.isActive() ? active.plus(index) : active.minus(index);
    }
    count(before, after, dag.isFinally(next.step()));
  }

  private static boolean isDelayed(StepState state) {
    return state instanceof StepState.Ready ready && ready.isDelayed();
  }

  private void count(StepState before, StepState after, boolean isLast) {
    int open = (before.isEnded() ? 0 : -1) + (after.isEnded() ? 0 : 1);
    ordinary += isLast ? 0 : open;
    last += isLast ? open : 0;
    failed += change(before, after, StepState.Failed.class);
    stopped += change(before, after, StepState.Stopped.class);
    begun |=
        after.holdsRoom()
            || after instanceof StepState.Succeeded
            || after instanceof StepState.Failed;
  }

  private static int change(StepState before, StepState after, Class<? extends StepState> kind) {
    return (kind.isInstance(after) ? 1 : 0) - (kind.isInstance(before) ? 1 : 0);
  }

  /** Takes in one more step run, which has not ended. */
  void add(StepRun stepRun) {
    stepRuns = stepRuns.plus(stepRun);
    indexes.put(stepRun.name(), stepRun.index());
    if (dag.isFinally(stepRun.step())) {
      last++;
    } else {
      ordinary++;
    }
  }
}
