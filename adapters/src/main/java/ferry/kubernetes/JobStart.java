package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.run.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Finds an attempt's Job or creates it, however long the cluster does not answer. What may be there
 * already is never given up because it cannot be looked for.
 */
final class JobStart {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final long LOOK_MILLIS = 100;

  private final Jobs jobs;
  private final Plan plan;
  private final AttemptSpec spec;
  private final Wait wait;
  private final BooleanSupplier isStopAsked;
  private final boolean mustExist;
  private final Refusals refusals = new Refusals();
  private boolean mayExist;

  /**
   * A start.
   *
   * @param mayExist whether an earlier process of ours may have created the Job
   * @param mustExist whether it is known to have been created
   */
  JobStart(
      Jobs jobs,
      Plan plan,
      AttemptSpec spec,
      Wait wait,
      BooleanSupplier isStopAsked,
      boolean mayExist,
      boolean mustExist) {
    this.jobs = jobs;
    this.plan = plan;
    this.spec = spec;
    this.wait = wait;
    this.isStopAsked = isStopAsked;
    this.mayExist = mayExist;
    this.mustExist = mustExist;
  }

  /** Why there is no Job and will be none; empty where it is there. */
  Optional<Outcome> run() throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      boolean isCreating = false;
      try {
        if (mayExist && jobs.find(plan, spec)) {
          return Optional.empty();
        }
        if (mustExist) {
          return Optional.of(new Outcome.Lost("its Job was deleted"));
        }
        if (isStopAsked.getAsBoolean()) {
          return Optional.of(stopped());
        }
        isCreating = true;
        jobs.create(plan, spec);
        return Optional.empty();
      } catch (Jobs.Trouble trouble) {
        var end = end(trouble.words(), isCreating);
        if (end.isPresent()) {
          return end;
        }
        mayExist |= isCreating;
        rest(pause);
        var longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
      }
    }
  }

  /**
   * What ends it now: a refusal to create it, or a wish to stop what may not even be looked for.
   */
  private Optional<Outcome> end(ClusterTrouble trouble, boolean isCreating) {
    boolean isFinal = refusals.isFinal(trouble, System.nanoTime());
    if (isFinal && isCreating) {
      return Optional.of(Wait.failed("cannot be started: " + inWords(trouble)));
    }
    if (isFinal && isStopAsked.getAsBoolean()) {
      return Optional.of(stopped());
    }
    wait.because(trouble.message() + "; trying again");
    return isCreating && wait.isTooLong() ? Optional.of(wait.tooLong()) : Optional.empty();
  }

  private static Outcome stopped() {
    return new Outcome.Stopped(OptionalInt.empty());
  }

  private static String inWords(ClusterTrouble trouble) {
    return trouble.message() + (trouble.help().isEmpty() ? "" : "; " + trouble.help().getFirst());
  }

  /** Waits; a wish to stop ends the wait, but only once. */
  private void rest(Duration pause) throws InterruptedException {
    boolean wasAsked = isStopAsked.getAsBoolean();
    long until = System.nanoTime() + pause.toNanos();
    while (System.nanoTime() < until && wasAsked == isStopAsked.getAsBoolean()) {
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
