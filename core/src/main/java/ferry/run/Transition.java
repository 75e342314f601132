package ferry.run;

import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Launching;
import ferry.run.RunEvent.Pending;
import ferry.run.RunEvent.Queued;
import ferry.run.RunEvent.RetryRequested;
import ferry.run.RunEvent.Started;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunEvent.StopRequested;
import ferry.run.RunEvent.Submitted;
import java.time.Instant;
import java.util.Optional;

/** What an event makes of a run's state. */
final class Transition {
  private final Draft draft;
  private final Progress progress;

  private Transition(RunState state, Instant at) {
    draft = new Draft(state);
    progress = new Progress(draft, at);
  }

  static RunState apply(RunState state, RunEvent event) {
    return switch (event) {
      case Submitted(var at) ->
          state.tally.submitted() ? state : new Transition(state, at).submit();
      case StopRequested(var at, var reason) ->
          state.status().isEnded() ? state : new Transition(state, at).stop(reason);
      case RetryRequested(var at) ->
          state.status().isEnded() ? new Transition(state, at).retry() : state;
      case StepEvent report ->
          state
              .stepRun(report.stepRun())
              .filter(stepRun -> concerns(stepRun, report))
              .map(stepRun -> new Transition(state, report.at()).report(stepRun, report))
              .orElse(state);
    };
  }

  /**
   * Whether a report can still tell something: it is about the newest attempt, or about a newer one
   * than we know.
   */
  private static boolean concerns(StepRun stepRun, StepEvent report) {
    return switch (stepRun.state()) {
      case StepState.Blocked(int attempt) ->
          report instanceof Queued
              ? report.attempt() == attempt + 1
              : report.attempt() > attempt && !(report instanceof Launching);
      case StepState.Ready(int attempt, _) -> report.attempt() == attempt;
      case StepState.Queued _, StepState.Starting _, StepState.Running _, StepState.Stopping _ ->
          report.attempt() == stepRun.state().attempt()
              && !(report instanceof Launching)
              && !(report instanceof Queued);
      case StepState.Succeeded _, StepState.Failed _, StepState.Stopped _, StepState.Skipped _ ->
          false;
    };
  }

  private RunState submit() {
    draft.submitted = true;
    progress.openFirst();
    return draft.build();
  }

  private RunState report(StepRun stepRun, StepEvent report) {
    switch (report) {
      case Launching(_, int attempt, Instant at, String machine) ->
          draft.put(stepRun.with(new StepState.Starting(attempt, at, machine, "")));
      case Queued(_, int attempt, Instant at, String machine) ->
          draft.put(stepRun.with(new StepState.Queued(attempt, at, machine)));
      case Pending(_, int attempt, Instant at, String reason) ->
          pending(stepRun, attempt, at, reason);
      case Started(_, int attempt, Instant at) -> started(stepRun, attempt, at);
      case Ended ended -> end(stepRun, ended);
    }
    return draft.build();
  }

  private void pending(StepRun stepRun, int attempt, Instant at, String reason) {
    switch (stepRun.state()) {
      case StepState.Starting(_, Instant since, String machine, _) ->
          draft.put(stepRun.with(new StepState.Starting(attempt, since, machine, reason)));
      case StepState.Queued(_, _, String machine) ->
          draft.put(stepRun.with(new StepState.Starting(attempt, at, machine, reason)));
      case StepState.Blocked _, StepState.Ready _ ->
          draft.put(stepRun.with(new StepState.Starting(attempt, at, "", reason)));
      case StepState.Running _,
          StepState.Stopping _,
          StepState.Succeeded _,
          StepState.Failed _,
          StepState.Stopped _,
          StepState.Skipped _ -> {}
    }
  }

  private void started(StepRun stepRun, int attempt, Instant at) {
    switch (stepRun.state()) {
      case StepState.Starting(_, _, String machine, _) ->
          draft.put(stepRun.with(new StepState.Running(attempt, at, machine)));
      case StepState.Queued(_, _, String machine) ->
          draft.put(stepRun.with(new StepState.Running(attempt, at, machine)));
      case StepState.Blocked _, StepState.Ready _ ->
          draft.put(stepRun.with(new StepState.Running(attempt, at, "")));
      case StepState.Running _,
          StepState.Stopping _,
          StepState.Succeeded _,
          StepState.Failed _,
          StepState.Stopped _,
          StepState.Skipped _ -> {}
    }
  }

  private void end(StepRun stepRun, Ended ended) {
    boolean stopping = stepRun.state() instanceof StepState.Stopping;
    int attempt = ended.attempt();
    switch (ended.outcome()) {
      case Outcome.Succeeded(var values, boolean cached) -> {
        var next = new StepState.Succeeded(attempt, ended.at(), cached);
        progress.end(stepRun.putOut(next, values));
      }
      case Outcome.Stopped _ ->
          progress.end(stepRun.with(new StepState.Stopped(attempt, ended.at())));
      case Outcome.Failed(_, _, String reason) -> failed(stepRun, ended, reason, stopping);
      case Outcome.Lost(String reason) -> failed(stepRun, ended, "lost: " + reason, stopping);
    }
  }

  /**
   * Another attempt where the step allows one; a step that was asked to stop has stopped. Where the
   * steps before it are not known to have succeeded it waits for them again, and what was only
   * written down ahead of its turn has not failed by that.
   */
  private void failed(StepRun stepRun, Ended ended, String reason, boolean stopping) {
    var retries = draft.dag.step(stepRun.step()).retries();
    int attempt = ended.attempt();
    boolean early = draft.groups.get(stepRun.step()).unmet() > 0;
    if (stopping) {
      progress.end(stepRun.with(new StepState.Stopped(attempt, ended.at())));
    } else if (early && stepRun.state() instanceof StepState.Queued) {
      draft.put(stepRun.with(new StepState.Blocked(attempt)));
    } else if (early && stepRun.failures() < retries.limit() && mayHelp(ended.outcome())) {
      draft.put(stepRun.failedOnce(new StepState.Blocked(attempt)));
    } else if (stepRun.failures() < retries.limit() && mayHelp(ended.outcome())) {
      var wait = retries.waitAfter(stepRun.failures() + 1);
      draft.put(
          stepRun.failedOnce(
              wait.isZero()
                  ? StepState.Ready.atOnce(attempt + 1)
                  : new StepState.Ready(attempt + 1, ended.at().plus(wait))));
    } else {
      progress.end(stepRun.failedOnce(new StepState.Failed(attempt, ended.at(), reason)));
    }
  }

  /** Whether another attempt can end otherwise. */
  private static boolean mayHelp(Outcome outcome) {
    return !(outcome instanceof Outcome.Failed(var cause, _, _)
        && (cause == Outcome.Cause.NO_VALUE || cause == Outcome.Cause.GIVEN_UP));
  }

  /**
   * What has not started never will, what is active is asked to stop; the steps of finally run,
   * until asked again.
   */
  private RunState stop(String reason) {
    boolean again = draft.stopReason.isPresent() || draft.finishing;
    draft.stopReason = draft.stopReason.or(() -> Optional.of(reason));
    for (int i = 0; i < draft.stepRuns.size(); i++) {
      var stepRun = draft.stepRuns.get(i);
      if (again || !draft.dag.isFinally(stepRun.step())) {
        progress.stop(stepRun);
      }
    }
    progress.openLast();
    return draft.build();
  }

  private RunState retry() {
    draft.stopReason = Optional.empty();
    draft.retried++;
    progress.restart();
    draft.beginning = Optional.empty();
    return draft.build();
  }
}
