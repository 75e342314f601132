package ferry.server;

import ferry.submission.FiredRuns;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether a place has fired a schedule by itself, where one may; whoever
 * lists runs waits a moment for its first look.
 */
final class FiringWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FiringWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final FiredRuns fired;
  private final Semaphore changes = new Semaphore(0);
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("firings").unstarted(this::run);
  private String told = "";

  FiringWatch(FiredRuns fired) {
    this.fired = fired;
  }

  void start() {
    thread.start();
  }

  /** The schedules are others now. */
  void changed() {
    changes.release();
  }

  /** Waits until it has looked once, but not for long: a cluster may not answer. */
  void awaitFirst() {
    try {
      if (!first.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("runs are listed before the first look at what clusters fired is over");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever asked is gone
    }
  }

  private void run() {
    try {
      while (true) {
        changes.drainPermits();
        if (look()) {
          changes.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } else {
          changes.acquire();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      first.countDown();
    }
  }

  /** Whether there is anything to look at again. */
  private boolean look() {
    try {
      if (!fired.mayBeAny()) {
        return false;
      }
      tell(fired.look().stream().findFirst().map(Throwable::getMessage).orElse(""));
      return true;
    } catch (RuntimeException e) {
      tell(e.toString());
      return true;
    } finally {
      first.countDown();
    }
  }

  /** The same trouble comes every few seconds; it is told once. */
  private void tell(String trouble) {
    if (!trouble.isEmpty() && !trouble.equals(told)) {
      LOG.warn("what a cluster fired cannot be taken up: {}", trouble);
    }
    told = trouble;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
