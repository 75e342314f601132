package ferry.workflow;

import java.time.Duration;

/**
 * How often a failed attempt is followed by another, and after what wait.
 *
 * @param limit attempts after the first; 0 to 100
 * @param backoff the wait before the second attempt; it doubles with each further one, to one hour
 *     at most
 */
public record Retries(int limit, Duration backoff) {
  public static final Retries NONE = new Retries(0, Duration.ZERO);

  private static final Duration LONGEST = Duration.ofHours(1);

  public Retries {
    if (limit < 0 || limit > 100 || backoff.isNegative()) {
      throw new IllegalArgumentException("retries are 0 to 100, their backoff not negative");
    }
  }

  /** The wait after so many failed attempts, which are counted from 1. */
  public Duration waitAfter(int failures) {
    var wait = backoff.multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
