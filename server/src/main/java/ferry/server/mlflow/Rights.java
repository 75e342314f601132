package ferry.server.mlflow;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.server.http.Caller;
import ferry.server.http.Exchange;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRuns;
import java.util.Optional;

/**
 * What a step may do with its own token: read all, log into its own run, and delete nothing else.
 */
final class Rights {
  private final TrackedRuns runs;

  Rights(TrackedRuns runs) {
    this.runs = runs;
  }

  /** The attempt that asks, if it is one. */
  static Optional<AttemptId> attempt(Exchange exchange) {
    return switch (exchange.caller()) {
      case Caller.Attempt(var id) -> Optional.of(id);
      case Caller.Owner _, Caller.Anybody _ -> Optional.empty();
    };
  }

  /** Lets a step change runs of its own run of Ferry only. */
  void checkWrite(Exchange exchange, TrackedId run) {
    var attempt = attempt(exchange);
    if (attempt.isPresent() && !isOwn(attempt.get(), run)) {
      throw MlflowProblem.denied(
          "step `"
              + attempt.get().stepRun()
              + "` of run `"
              + attempt.get().run()
              + "` may not change run `"
              + run
              + "`, which is not part of its own");
    }
  }

  private boolean isOwn(AttemptId attempt, TrackedId run) {
    boolean isItself =
        run.equals(TrackedId.of(attempt.run()))
            || run.equals(TrackedId.of(attempt.run(), attempt.stepRun()));
    return isItself
        || owner(run).map(owner -> owner.equals(Optional.of(attempt.run()))).orElse(true);
  }

  /**
   * The run of Ferry that a run is part of, which may be none; empty where there is no such run.
   */
  private Optional<Optional<RunId>> owner(TrackedId run) {
    var known = runs.owner(run);
    if (known.isPresent()) {
      return Optional.of(known);
    }
    var tracked = runs.find(run);
    return tracked.isPresent() ? Optional.of(tracked.get().run()) : Optional.empty();
  }

  /** Refuses a step what only its user may do. */
  static void checkOwner(Exchange exchange, String what) {
    if (attempt(exchange).isPresent()) {
      throw MlflowProblem.denied("a step may not " + what + " with its own token");
    }
  }
}
