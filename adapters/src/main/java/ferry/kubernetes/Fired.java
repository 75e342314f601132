package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.engine.Launcher.Reports;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.Outcome.Cause;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.StepEvent;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs that a schedule's object in a cluster began by itself: what they run as was there before
 * them, is followed, and is never made by us.
 */
public final class Fired {
  private Fired() {}

  /** What the cluster made of a run, by its name; empty for a run that we began. */
  public static Optional<String> object(Plan plan) {
    return Optional.ofNullable(plan.setting().get(Timetable.FIRED));
  }

  /** Whether an attempt is what the cluster began; those of a retry are ours. */
  static boolean is(Plan plan, AttemptId attempt) {
    return attempt.number() == 1 && object(plan).isPresent();
  }

  /** The name of an attempt's Job. */
  static String job(Plan plan, AttemptId attempt) {
    return object(plan).filter(_ -> attempt.number() == 1).orElseGet(() -> ObjectNames.of(attempt));
  }

  /**
   * Reports of a Job that the cluster tries again by itself, as often as the step may be: once it
   * has failed for good, no attempt of ours follows.
   */
  static Reports forGood(Reports reports) {
    return (run, event) -> reports.report(run, forGood(event));
  }

  private static StepEvent forGood(StepEvent event) {
    if (!(event instanceof Ended(var stepRun, int attempt, var at, var outcome, var usage))) {
      return event;
    }
    return new Ended(stepRun, attempt, at, forGood(outcome), usage);
  }

  private static Outcome forGood(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(_, var code, var reason) ->
          new Outcome.Failed(Cause.GIVEN_UP, code, reason);
      case Outcome.Lost(var reason) ->
          new Outcome.Failed(Cause.GIVEN_UP, OptionalInt.empty(), "lost: " + reason);
      case Outcome.Succeeded _, Outcome.Stopped _ -> outcome;
    };
  }
}
