package ferry.run;

import java.time.Instant;

/** What is true of a step run. Attempts are counted from 1. */
public sealed interface StepState {

  /** Whether nothing more will happen to it, unless somebody retries the run. */
  default boolean isEnded() {
    return switch (this) {
      case Blocked _, Ready _, Queued _, Starting _, Running _, Stopping _ -> false;
      case Succeeded _, Failed _, Stopped _, Skipped _ -> true;
    };
  }

  /** Whether there is an attempt whose end will be reported. */
  default boolean isActive() {
    return this instanceof Queued || holdsRoom();
  }

  /** Whether an attempt holds its place on the machine. */
  default boolean holdsRoom() {
    return this instanceof Starting || this instanceof Running || this instanceof Stopping;
  }

  /**
   * The number of its newest attempt; 0 where there was none, the coming one's where it is ready.
   */
  int attempt();

  /**
   * The word for it in lists and JSON: waiting, running, succeeded, failed, stopped or skipped.
   * What is held up outside of us before it runs is still waiting.
   */
  default String word() {
    return switch (this) {
      case Blocked _, Ready _, Queued _ -> "waiting";
      case Starting(_, _, _, String reason) -> reason.isEmpty() ? "running" : "waiting";
      case Running _, Stopping _ -> "running";
      case Succeeded _ -> "succeeded";
      case Failed _ -> "failed";
      case Stopped _ -> "stopped";
      case Skipped _ -> "skipped";
    };
  }

  /** Why it is so, in words; empty where there is nothing to say. */
  default String reason() {
    return switch (this) {
      case Starting(_, _, _, String reason) -> reason;
      case Failed(_, _, String reason) -> reason;
      case Skipped(_, _, String reason) -> reason;
      case Blocked _, Ready _, Queued _, Running _, Stopping _, Succeeded _, Stopped _ -> "";
    };
  }

  /** It waits for other steps. */
  record Blocked(int attempt) implements StepState {}

  /** It waits for room, and not before a time, for its next attempt. */
  record Ready(int attempt, Instant notBefore) implements StepState {
    /** One that need not wait for any time, whatever becomes of the clock. */
    static Ready atOnce(int attempt) {
      return new Ready(attempt, Instant.MIN);
    }

    boolean isDelayed() {
      return !notBefore.equals(Instant.MIN);
    }
  }

  /**
   * Its next attempt starts by itself, once there is room and the steps before it have succeeded;
   * perhaps it has, and we were not told yet.
   */
  record Queued(int attempt, Instant since, String machine) implements StepState {}

  record Starting(int attempt, Instant since, String machine, String reason) implements StepState {}

  record Running(int attempt, Instant since, String machine) implements StepState {}

  /** It was asked to stop and has not ended yet. */
  record Stopping(int attempt, Instant since, String machine) implements StepState {}

  record Succeeded(int attempt, Instant at, boolean cached) implements StepState {}

  record Failed(int attempt, Instant at, String reason) implements StepState {}

  record Stopped(int attempt, Instant at) implements StepState {}

  /**
   * It will not run: its condition did not hold, or a step before it did not succeed; the reason
   * says which.
   */
  record Skipped(int attempt, Instant at, String reason) implements StepState {}
}
