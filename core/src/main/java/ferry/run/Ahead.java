package ferry.run;

import ferry.workflow.Foreach;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for what is certain to start next if nothing fails: the attempts that can be written down
 * before their turn has come.
 */
final class Ahead {
  private final RunState state;
  private final Instant now;
  private final List<Launch> found = new ArrayList<>();
  private final Set<Integer> underWay = new HashSet<>();

  Ahead(RunState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  List<Launch> find(int most) {
    if (most <= 0 || state.stopReason().isPresent()) {
      return List.of();
    }
    var positions = new LinkedHashSet<Integer>();
    for (int i = state.active.next(0); i >= 0; i = state.active.next(i + 1)) {
      var stepRun = state.stepRuns.get(i);
      if (!(stepRun.state() instanceof StepState.Stopping)) {
        underWay.add(i);
        addSuccessors(stepRun.step(), positions);
      }
    }
    for (int i = state.ready.next(0); i >= 0 && found.size() < most; i = state.ready.next(i + 1)) {
      takeReady(state.stepRuns.get(i), positions);
    }
    var toLook = new ArrayDeque<>(positions);
    while (!toLook.isEmpty() && found.size() < most) {
      int position = toLook.remove();
      if (mayFollow(position)) {
        state.groups.get(position).members().forEach(index -> takeBlocked(index, most));
        addSuccessors(position, toLook);
      }
    }
    return found;
  }

  private void addSuccessors(int position, java.util.Collection<Integer> positions) {
    for (int successor : state.dag.after(position)) {
      positions.add(successor);
    }
  }

  private void takeReady(StepRun stepRun, Set<Integer> positions) {
    if (state.mayStart(stepRun, now) && !state.dag.isFinally(stepRun.step())) {
      take(stepRun, stepRun.state().attempt());
      addSuccessors(stepRun.step(), positions);
    }
  }

  private void takeBlocked(int index, int most) {
    var stepRun = state.stepRuns.get(index);
    if (found.size() < most
        && stepRun.state() instanceof StepState.Blocked(int attempt)
        && !underWay.contains(index)) {
      take(stepRun, attempt + 1);
    }
  }

  private void take(StepRun stepRun, int attempt) {
    found.add(new Launch(stepRun, state.dag.step(stepRun.step()), attempt));
    underWay.add(stepRun.index());
  }

  /** Whether its step runs start without any more ado, once all that is before them succeeded. */
  private boolean mayFollow(int position) {
    var step = state.dag.step(position);
    if (state.dag.isFinally(position)
        || step.when().isPresent()
        || !step.foreach().map(Foreach::isStatic).orElse(true)
        || state.groups.get(position).blame().isPresent()) {
      return false;
    }
    for (int before : state.dag.before(position)) {
      if (!isOnItsWay(state.groups.get(before))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it has succeeded, or will if no attempt that is under way fails. */
  private boolean isOnItsWay(StepGroup group) {
    if (group.isEnded()) {
      return group.isGood();
    }
    return !group.unsuccessful()
        && group.remaining() <= underWay.size()
        && group.members().stream()
            .allMatch(
                index -> state.stepRuns.get(index).state().isEnded() || underWay.contains(index));
  }
}
