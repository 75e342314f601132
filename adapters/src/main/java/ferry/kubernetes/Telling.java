package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.Launcher.Reports;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Started;
import ferry.run.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What is reported of an attempt in a cluster: that it started, and how it ended, each once. */
public final class Telling {
  /** What the cluster's clock and ours may differ by, or a report may take. */
  private static final Duration NEARLY_NOW = Duration.ofSeconds(3);

  private final Plan plan;
  private final AttemptId attempt;
  private final Reports reports;
  private final Clock clock;
  private boolean isStarted;
  private boolean isEnded;

  public Telling(Plan plan, AttemptId attempt, Reports reports, Clock clock) {
    this.plan = plan;
    this.attempt = attempt;
    this.reports = reports;
    this.clock = clock;
  }

  public boolean isStarted() {
    return isStarted;
  }

  public boolean isEnded() {
    return isEnded;
  }

  /** It runs, as the cluster says since then. */
  public void started(Instant since) {
    if (!isStarted) {
      isStarted = true;
      reports.report(attempt.run(), new Started(attempt.stepRun(), attempt.number(), near(since)));
    }
  }

  /** It has ended, as the cluster says at that time. */
  public void ended(Outcome outcome, Instant told) {
    if (!isEnded) {
      isEnded = true;
      var known = withoutSecrets(outcome);
      reports.report(
          attempt.run(),
          new Ended(attempt.stepRun(), attempt.number(), near(told), known, Usage.UNKNOWN));
    }
  }

  /** Its Pod knows its own secrets only; it may have come by those of another step of its run. */
  private Outcome withoutSecrets(Outcome outcome) {
    return outcome instanceof Outcome.Succeeded(var values, var _) && !values.isEmpty()
        ? new Mask(plan).in(values).map(OutputGuard::refused).orElse(outcome)
        : outcome;
  }

  /** The cluster tells whole seconds; what was seen as it happened is known better here. */
  private Instant near(Instant told) {
    var now = clock.instant();
    return told.equals(Instant.EPOCH) || Duration.between(told, now).abs().compareTo(NEARLY_NOW) < 0
        ? now
        : told;
  }
}
