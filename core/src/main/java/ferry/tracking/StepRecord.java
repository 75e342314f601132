package ferry.tracking;

import java.util.List;

/**
 * A step run with all its attempts.
 *
 * @param state waiting, running, succeeded, failed, stopped or skipped
 * @param reason why it waits, failed or was skipped, in words; empty where there is nothing to say
 * @param cached whether an earlier result was taken
 */
public record StepRecord(
    int index,
    String name,
    String step,
    String state,
    String reason,
    boolean cached,
    List<AttemptRecord> attempts) {
  public StepRecord {
    attempts = List.copyOf(attempts);
  }
}
