package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.Launcher.Reports;
import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.Outcome.Cause;
import ferry.run.RunEvent.Pending;
import ferry.workflow.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** An attempt's wait for its start: why it lasts, and how long it may. */
public final class Wait {
  private final AttemptId attempt;
  private final Reports reports;
  private final Clock clock;
  private final Optional<Duration> longest;
  private final Instant since;
  private String heard = "";
  private Instant heardAt = Instant.MIN;
  private String why = "";

  /** A wait that begins now. */
  public Wait(Plan plan, AttemptId attempt, Reports reports, Clock clock) {
    this.attempt = attempt;
    this.reports = reports;
    this.clock = clock;
    this.since = clock.instant();
    this.longest =
        Optional.ofNullable(plan.setting().get(RunSettings.PENDING_TIMEOUT))
            .map(text -> DurationText.parse(RunSettings.PENDING_TIMEOUT, text));
  }

  /**
   * Tells why, unless that was told last.
   *
   * @param reason empty where nothing holds it up for now
   */
  public void because(String reason) {
    var now = clock.instant();
    if (!reason.equals(heard)) {
      heard = reason;
      heardAt = now;
    }
    boolean isEarly = now.isBefore(heardAt.plus(WaitWords.patience(reason)));
    if (!reason.isEmpty() && !isEarly && !reason.equals(why) && !WaitWords.isVaguer(reason, why)) {
      why = reason;
      reports.report(attempt.run(), new Pending(attempt.stepRun(), attempt.number(), now, reason));
    }
  }

  /** Whether something follows from no more than that time passes. */
  public boolean mustLook() {
    return longest.isPresent() || !WaitWords.patience(heard).isZero() && !heard.equals(why);
  }

  /** Tells what has not passed by itself. */
  public void look() {
    because(heard);
  }

  public boolean isTooLong() {
    return longest.isPresent()
        && Duration.between(since, clock.instant()).compareTo(longest.get()) > 0;
  }

  /** What becomes of an attempt that waited too long. */
  public Outcome tooLong() {
    return failed(
        "did not start within %s%s"
            .formatted(DurationText.print(longest.orElseThrow()), why.isEmpty() ? "" : ": " + why));
  }

  public static Outcome failed(String reason) {
    return new Outcome.Failed(Cause.CANNOT_START, OptionalInt.empty(), reason);
  }
}
