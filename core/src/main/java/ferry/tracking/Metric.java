package ferry.tracking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One measured point.
 *
 * @param key what was measured, like {@code accuracy}; at most 250 characters
 * @param value any number; not-a-number and both infinities are kept as they are
 * @param step where on the way it was measured, as its program counts: an epoch, a batch; 0 where
 *     nobody said
 * @param time when it was measured, to the millisecond
 */
public record Metric(String key, double value, long step, Instant time) {
  public Metric {
    time = time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** As {@link #time}, in milliseconds since 1970. */
  public long atMillis() {
    return time.toEpochMilli();
  }
}
