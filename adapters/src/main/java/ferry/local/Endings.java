package ferry.local;

import ferry.local.launcher.ExitRecord;
import ferry.run.Outcome;
import ferry.tracking.Artifacts;
import java.time.Instant;

/** Finds out what the exit of an attempt amounts to, and lets the attempt go. */
final class Endings {
  private final UnderWay underWay;
  private final Artifacts artifacts;
  private final StepCache cache;
  private final RunSecrets secrets;

  Endings(UnderWay underWay, Artifacts artifacts, StepCache cache, RunSecrets secrets) {
    this.underWay = underWay;
    this.artifacts = artifacts;
    this.cache = cache;
    this.secrets = secrets;
  }

  /** As {@link #take}, on a thread of its own where there are files to be read. */
  void seen(ActiveAttempt attempt, ExitRecord exit) {
    if (ending(attempt, exit).isPlain()) {
      take(attempt, exit);
    } else {
      Thread.ofVirtual().name("end " + attempt.name()).start(() -> take(attempt, exit));
    }
  }

  void take(ActiveAttempt attempt, ExitRecord exit) {
    var ending = ending(attempt, exit);
    var outcome = ending.outcome();
    var at = Instant.ofEpochMilli(exit.endedMillis());
    if (outcome instanceof Outcome.Succeeded(var values, var _)) {
      attempt.cacheKey().ifPresent(key -> cache.remember(key, attempt.id(), at, values));
    }
    underWay.end(attempt, at, outcome, ending.usage());
  }

  private Ending ending(ActiveAttempt attempt, ExitRecord exit) {
    return new Ending(
        attempt.spec,
        exit,
        attempt.files,
        attempt.directory(),
        artifacts,
        () -> attempt.hidden().orElseGet(() -> secrets.texts(attempt.plan)));
  }
}
