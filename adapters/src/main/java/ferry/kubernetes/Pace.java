package ferry.kubernetes;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A bound on the requests per second of one client: so many at once, and then one each interval.
 * Every request of the client passes here, watches and logs too. Requests take their turns in the
 * order in which they came (a token bucket, kept as the time at which the next one is due).
 */
final class Pace implements Interceptor {
  /** The name under which a client knows it. */
  static final String NAME = "pace";

  private static final int A_SECOND = 100;
  private static final int AT_ONCE = 200;

  private final long intervalNanos;
  private final long slackNanos;
  private final LongSupplier clock;
  private long dueNanos;

  /**
   * A bound.
   *
   * @param perSecond how many requests may follow each other for good
   * @param atOnce how many may go at once after a rest
   * @param clock nanoseconds that only grow
   */
  Pace(int perSecond, int atOnce, LongSupplier clock) {
    this.intervalNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    this.slackNanos = intervalNanos * (atOnce - 1);
    this.clock = clock;
    this.dueNanos = clock.getAsLong() - slackNanos;
  }

  /** What one cluster bears from one of us. */
  static Pace usual() {
    return new Pace(A_SECOND, AT_ONCE, System::nanoTime);
  }

  /** Takes a turn; how many nanoseconds it is until then. */
  synchronized long turn() {
    long now = clock.getAsLong();
    dueNanos = Math.max(dueNanos, now - slackNanos);
    long wait = Math.max(0, dueNanos - now);
    dueNanos += intervalNanos;
    return wait;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    long wait = turn();
    if (wait > 0) {
      try {
        TimeUnit.NANOSECONDS.sleep(wait);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt(); // whoever waits for the answer sees it
      }
    }
  }
}
