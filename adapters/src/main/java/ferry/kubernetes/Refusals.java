package ferry.kubernetes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells refusals that stand from those of an API server that has just started: for a moment it
 * knows nobody's rights, and forbids what was allowed before.
 */
public final class Refusals {
  private static final long UNKNOWN_NANOS = Duration.ofSeconds(10).toNanos();

  private @Nullable Long since;

  /** Whether asking again would not help, at a time of {@link System#nanoTime}. */
  public boolean isFinal(ClusterTrouble trouble, long nanos) {
    if (trouble.mayPass() || !trouble.isOfRights()) {
      over();
      return !trouble.mayPass();
    }
    if (since == null) {
      since = nanos;
    }
    return nanos - since > UNKNOWN_NANOS;
  }

  /** Something was granted. */
  public void over() {
    since = null;
  }
}
