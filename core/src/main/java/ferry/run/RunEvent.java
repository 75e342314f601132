package ferry.run;

import java.time.Instant;

/** Something that happened to a run; its whole history is a list of these. */
public sealed interface RunEvent {

  /** When it happened, by the clock of the one who saw it. */
  Instant at();

  /** The run was accepted. */
  record Submitted(Instant at) implements RunEvent {}

  /** Somebody asked that the run stop; asked again, its {@code finally} steps stop too. */
  record StopRequested(Instant at, String reason) implements RunEvent {}

  /** Somebody asked that an ended run go on from what did not succeed. */
  record RetryRequested(Instant at) implements RunEvent {}

  /** Something that happened to one attempt; it may be told late, twice and out of order. */
  sealed interface StepEvent extends RunEvent {
    /** The step run's name, as in {@code train[relu]}. */
    String stepRun();

    /** The attempt's number, from 1. */
    int attempt();
  }

  /**
   * We are about to start the attempt.
   *
   * @param machine an opaque word for the boot and process space in which it starts; another one
   *     means it died
   */
  record Launching(String stepRun, int attempt, Instant at, String machine) implements StepEvent {}

  /**
   * The attempt will start by itself: where it runs, it waits for room, and for steps before it to
   * succeed. From now on it may have started without our knowing.
   *
   * @param machine as of {@link Launching}
   */
  record Queued(String stepRun, int attempt, Instant at, String machine) implements StepEvent {}

  /** The attempt runs. */
  record Started(String stepRun, int attempt, Instant at) implements StepEvent {}

  /** The attempt waits outside of us, for a reason in words. */
  record Pending(String stepRun, int attempt, Instant at, String reason) implements StepEvent {}

  /** The attempt ended. */
  record Ended(String stepRun, int attempt, Instant at, Outcome outcome, Usage usage)
      implements StepEvent {}
}
