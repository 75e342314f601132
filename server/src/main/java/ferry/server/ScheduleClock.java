package ferry.server;

import ferry.schedule.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes when a schedule is due. It looks at the clock at least every 30 s, for clocks are set. */
final class ScheduleClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleClock.class);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Scheduler scheduler;
  private final InstantSource clock;
  private boolean closed;
  private final Semaphore changes = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("schedules").unstarted(this::run);

  ScheduleClock(Scheduler scheduler, InstantSource clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Unless it was closed before. */
  synchronized void start() {
    if (!closed) {
      thread.start();
    }
  }

  /** The schedules are others now. */
  void changed() {
    changes.release();
  }

  private void run() {
    try {
      while (true) {
        changes.drainPermits();
        boolean needed = fireDue();
        if (needed) {
          long wait = untilNext().toMillis();
          changes.tryAcquire(wait, TimeUnit.MILLISECONDS);
        } else {
          changes.acquire();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Whether there is anything to wait for. What fails now is tried again. */
  private boolean fireDue() {
    try {
      scheduler.fireDue();
      return scheduler.isNeeded();
    } catch (RuntimeException e) {
      LOG.error("schedules could not be looked at", e);
      return true;
    }
  }

  private Duration untilNext() {
    var now = clock.instant();
    return scheduler
        .next()
        .map(next -> Duration.between(now, next).plusMillis(1))
        .filter(wait -> wait.compareTo(LONGEST) < 0)
        .map(wait -> wait.isNegative() ? LONGEST : wait)
        .orElse(LONGEST);
  }

  @Override
  public synchronized void close() {
    closed = true;
    thread.interrupt();
  }
}
