package ferry.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The step runs of one step.
 *
 * @param unmet steps before it that have not ended
 * @param remaining step runs of it that have not ended
 * @param succeeded step runs of it that succeeded
 * @param unsuccessful whether one of them failed or was stopped
 * @param blame what a step before it did instead of succeeding, in words; then this one is skipped
 * @param members indexes of its step runs
 */
record StepGroup(
    int unmet,
    int remaining,
    int succeeded,
    boolean unsuccessful,
    Optional<String> blame,
    List<Integer> members) {

  StepGroup {
    members = List.copyOf(members);
  }

  static StepGroup blocked(int unmet, List<Integer> members) {
    return new StepGroup(unmet, members.size(), 0, false, Optional.empty(), members);
  }

  boolean isEnded() {
    return remaining == 0;
  }

  /** Whether what comes after it may run: nothing failed, and not everything was skipped. */
  boolean isGood() {
    return remaining == 0 && !unsuccessful && succeeded > 0;
  }

  StepGroup afterOneBefore(Optional<String> blamed) {
    return new StepGroup(
        unmet - 1, remaining, succeeded, unsuccessful, blame.or(() -> blamed), members);
  }

  /** One member ended in that state. */
  StepGroup afterEndOf(StepState state) {
    boolean good = state instanceof StepState.Succeeded;
    boolean bad = state instanceof StepState.Failed || state instanceof StepState.Stopped;
    return new StepGroup(
        unmet, remaining - 1, succeeded + (good ? 1 : 0), unsuccessful || bad, blame, members);
  }

  /** More members, none of which has ended. */
  StepGroup with(List<Integer> added) {
    var all = new ArrayList<>(members);
    all.addAll(added);
    return new StepGroup(unmet, remaining + added.size(), succeeded, unsuccessful, blame, all);
  }
}
