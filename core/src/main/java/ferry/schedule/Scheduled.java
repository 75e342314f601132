package ferry.schedule;

import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.run.RunId;
import ferry.workflow.Schedule;
import java.time.Instant;
import java.util.Optional;

/**
 * A workflow that starts by itself, as it is kept.
 *
 * @param plan what each firing runs; its id names no run, its workflow has a schedule
 * @param paused whether it does not fire for now
 * @param since firings after this instant count: when it was scheduled, or last continued
 * @param fired the newest firing that became a run, or was given up
 * @param run the run of that firing
 * @param problem why the newest firing did not become a run, in words
 */
public record Scheduled(
    Plan plan,
    boolean paused,
    Instant since,
    Optional<Instant> fired,
    Optional<RunId> run,
    Optional<String> problem) {

  public Scheduled {
    if (plan.workflow().schedule().isEmpty()) {
      throw new IllegalArgumentException("a scheduled workflow needs a schedule");
    }
  }

  /** A plan from now on. */
  public static Scheduled of(Plan plan, Instant now) {
    return new Scheduled(plan, false, now, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The workflow's name; a workflow scheduled again takes the place of the one of that name. */
  public String name() {
    return plan.workflow().name();
  }

  public Schedule schedule() {
    return plan.workflow().schedule().orElseThrow();
  }

  /** Whether the place where it runs fires it, not we. */
  public boolean isFiredThere() {
    return Timetable.isFiring(plan);
  }

  /** The same, not to fire for now. */
  public Scheduled pausedNow() {
    return new Scheduled(plan, true, since, fired, run, problem);
  }

  /** The same, to fire again; what fell into the pause is not made up for. */
  public Scheduled continued(Instant now) {
    return new Scheduled(plan, false, paused ? now : since, fired, run, problem);
  }

  Scheduled firedAt(Instant firing, Optional<RunId> became, Optional<String> problem) {
    return new Scheduled(plan, paused, since, Optional.of(firing), became, problem);
  }

  Scheduled troubled(Optional<String> problem) {
    return new Scheduled(plan, paused, since, fired, run, problem);
  }
}
