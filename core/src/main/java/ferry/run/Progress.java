package ferry.run;

import ferry.error.UserException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What follows in a run from the end of a step: which others may start, repeat over a list, or are
 * skipped.
 */
final class Progress {
  private final Draft draft;
  private final Instant at;
  private final ArrayDeque<Integer> toOpen = new ArrayDeque<>();

  Progress(Draft draft, Instant at) {
    this.draft = draft;
    this.at = at;
  }

  /** Opens the steps that wait for nothing. */
  void openFirst() {
    openWhereFree(0, draft.dag.finallyFrom());
  }

  /** Opens the steps of {@code finally} once all others have ended. */
  void openLast() {
    if (draft.submitted && !draft.finishing && draft.ordinary == 0) {
      draft.finishing = true;
      openWhereFree(draft.dag.finallyFrom(), draft.dag.size());
    }
  }

  private void openWhereFree(int from, int to) {
    for (int position = from; position < to; position++) {
      if (draft.groups.get(position).unmet() == 0) {
        toOpen.add(position);
      }
    }
    openAll();
  }

  /** A step run has ended in the state that it is given with. */
  void end(StepRun ended) {
    leave(ended);
    openAll();
  }

  /** Ends what has not started; asks what is active to stop. */
  void stop(StepRun stepRun) {
    switch (stepRun.state()) {
      case StepState.Blocked(int attempt) ->
          leave(stepRun.with(new StepState.Stopped(attempt, at)));
      case StepState.Ready(int attempt, _) ->
          leave(stepRun.with(new StepState.Stopped(attempt - 1, at)));
      case StepState.Queued(int attempt, _, String machine) ->
          draft.put(stepRun.with(new StepState.Stopping(attempt, at, machine)));
      case StepState.Starting(int attempt, _, String machine, _) ->
          draft.put(stepRun.with(new StepState.Stopping(attempt, at, machine)));
      case StepState.Running(int attempt, _, String machine) ->
          draft.put(stepRun.with(new StepState.Stopping(attempt, at, machine)));
      case StepState.Stopping _,
          StepState.Succeeded _,
          StepState.Failed _,
          StepState.Stopped _,
          StepState.Skipped _ -> {}
    }
  }

  /**
   * Puts everything that did not succeed, and all of {@code finally}, back to where it waits for
   * others.
   */
  void restart() {
    for (int position = 0; position < draft.dag.size(); position++) {
      restart(position);
    }
    draft.finishing = false;
    openFirst();
    openLast();
  }

  private void restart(int position) {
    var group = draft.groups.get(position);
    boolean isLast = draft.dag.isFinally(position);
    if (!isLast && group.isGood() && !group.unsuccessful()) {
      return;
    }
    int succeeded = 0;
    for (int index : group.members()) {
      var stepRun = draft.stepRuns.get(index);
      if (!isLast && stepRun.state() instanceof StepState.Succeeded) {
        succeeded++;
      } else {
        draft.put(stepRun.again());
      }
    }
    int unmet = 0;
    for (int before : draft.dag.before(position)) {
      unmet += isLast || !draft.groups.get(before).isGood() ? 1 : 0;
    }
    int remaining = group.members().size() - succeeded;
    draft.groups =
        draft.groups.with(
            position,
            new StepGroup(unmet, remaining, succeeded, false, Optional.empty(), group.members()));
  }

  /** Records an end; the steps that waited only for it are then to be opened. */
  private void leave(StepRun ended) {
    draft.put(ended);
    var group = draft.groups.get(ended.step()).afterEndOf(ended.state());
    draft.groups = draft.groups.with(ended.step(), group);
    if (group.isEnded()) {
      close(ended.step(), group);
    }
  }

  private void close(int position, StepGroup group) {
    Optional<String> blame =
        group.isGood() ? Optional.empty() : Optional.of(blame(position, group));
    for (int successor : draft.dag.after(position)) {
      var next = draft.groups.get(successor).afterOneBefore(blame);
      draft.groups = draft.groups.with(successor, next);
      if (next.unmet() == 0) {
        toOpen.add(successor);
      }
    }
  }

  /** Names the step run that failed, and how many others of its step did. */
  private String blame(int position, StepGroup group) {
    var bad =
        group.members().stream()
            .map(draft.stepRuns::get)
            .filter(member -> isBad(member.state()))
            .toList();
    if (bad.isEmpty()) {
      return "`" + draft.dag.step(position).name() + "` was skipped";
    }
    var culprit =
        bad.stream()
            .filter(member -> member.state() instanceof StepState.Failed)
            .findFirst()
            .orElse(bad.getFirst());
    var others = bad.size() > 1 ? " (and " + (bad.size() - 1) + " more)" : "";
    boolean stopped = culprit.state() instanceof StepState.Stopped;
    return "`" + culprit.name() + "`" + others + (stopped ? " was stopped" : " failed");
  }

  private static boolean isBad(StepState state) {
    return state instanceof StepState.Failed || state instanceof StepState.Stopped;
  }

  private void openAll() {
    while (!toOpen.isEmpty()) {
      open(toOpen.remove());
    }
    openLast();
  }

  private void open(int position) {
    var group = draft.groups.get(position);
    if (group.blame().isPresent()) {
      skipMembers(group, group.blame().get() + ", which comes before it");
    } else if (needsList(position, group)) {
      repeat(position, group);
    } else {
      group.members().forEach(this::admit);
    }
  }

  private void skipMembers(StepGroup group, String reason) {
    for (int index : group.members()) {
      var stepRun = draft.stepRuns.get(index);
      if (stepRun.state() instanceof StepState.Blocked
          || stepRun.state() instanceof StepState.Queued) {
        leave(stepRun.with(new StepState.Skipped(stepRun.state().attempt(), at, reason)));
      }
    }
  }

  /**
   * Whether the step repeats over a list that was not known before, and has not been unfolded yet.
   */
  private boolean needsList(int position, StepGroup group) {
    boolean isDynamic =
        draft.dag.step(position).foreach().filter(foreach -> !foreach.isStatic()).isPresent();
    var first = draft.stepRuns.get(group.members().getFirst());
    return isDynamic && first.each().isEmpty() && first.state() instanceof StepState.Blocked;
  }

  /** Replaces the one step run that stood for the list by one for each of its values. */
  private void repeat(int position, StepGroup group) {
    var step = draft.dag.step(position);
    var stand = draft.stepRuns.get(group.members().getFirst());
    try {
      var combinations = Repetition.combinations(Lookup.lists(draft.build(), step));
      if (combinations.isEmpty()) {
        leave(stand.with(new StepState.Succeeded(stand.state().attempt(), at, false)));
        return;
      }
      var names = combinations.stream().map(each -> Repetition.name(step.name(), each)).toList();
      Lookup.refuseRepeated(names);
      draft.indexes = new java.util.HashMap<>(draft.indexes);
      draft.indexes.remove(stand.name());
      draft.indexes.put(names.getFirst(), stand.index());
      draft.put(Draft.blocked(stand.index(), step, position, combinations.getFirst()));
      var added = new ArrayList<Integer>();
      for (var each : combinations.subList(1, combinations.size())) {
        added.add(draft.stepRuns.size());
        draft.add(Draft.blocked(draft.stepRuns.size(), step, position, each));
      }
      var grown = group.with(added);
      draft.groups = draft.groups.with(position, grown);
      grown.members().forEach(this::admit);
    } catch (UserException e) {
      leave(stand.with(new StepState.Failed(stand.state().attempt(), at, e.error().message())));
    }
  }

  /** Lets a step run start as soon as there is room, unless its condition says otherwise. */
  private void admit(int index) {
    var stepRun = draft.stepRuns.get(index);
    if (!(stepRun.state() instanceof StepState.Blocked(int attempt))) {
      return;
    }
    var condition = draft.dag.step(stepRun.step()).when();
    try {
      if (condition.isPresent() && !Lookup.holds(draft.build(), stepRun, condition.get())) {
        var reason = "its condition `" + condition.get().source() + "` does not hold";
        leave(stepRun.with(new StepState.Skipped(attempt, at, reason)));
      } else {
        draft.put(stepRun.with(StepState.Ready.atOnce(attempt + 1)));
      }
    } catch (UserException e) {
      leave(stepRun.with(new StepState.Failed(attempt, at, e.error().message())));
    }
  }
}
