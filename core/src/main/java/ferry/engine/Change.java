package ferry.engine;

import ferry.backend.Plan;
import ferry.run.RunEvent;
import ferry.run.RunState;
import ferry.run.StepRun;
import java.util.ArrayList;
import java.util.List;

/** What one turn makes of one run, until it is durable. */
final class Change {
  final Plan plan;
  final boolean isNew;
  final RunState before;
  final List<RunEvent> events = new ArrayList<>();
  final List<AttemptSpec> launches = new ArrayList<>();
  RunState after;

  Change(Plan plan, boolean isNew, RunState before) {
    this.plan = plan;
    this.isNew = isNew;
    this.before = before;
    this.after = before;
  }

  /** Applies an event; one that changes nothing is not kept. */
  void apply(RunEvent event) {
    var next = after.apply(event);
    if (next != after) {
      after = next;
      events.add(event);
    }
  }

  Journal.Entry entry() {
    return new Journal.Entry(plan, isNew, events, after, isNew ? all() : changed());
  }

  /** Those that would be shown as they were are not written again. */
  private List<StepRun> changed() {
    return after.changedSince(before).stream().filter(stepRun -> !looksAsBefore(stepRun)).toList();
  }

  private boolean looksAsBefore(StepRun stepRun) {
    return stepRun.index() < before.size() && stepRun.looksLike(before.stepRun(stepRun.index()));
  }

  private List<StepRun> all() {
    var all = new ArrayList<StepRun>(after.size());
    for (int i = 0; i < after.size(); i++) {
      all.add(after.stepRun(i));
    }
    return all;
  }
}
