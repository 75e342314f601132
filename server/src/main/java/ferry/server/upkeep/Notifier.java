package ferry.server.upkeep;

import ferry.error.UserException;
import ferry.tracking.Notices;
import ferry.tracking.Notices.Notice;
import ferry.tracking.RunCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the end of runs: at least once, also where the server was killed in between, a few at a
 * time, each again after a longer pause where it did not arrive. Nothing waits for it.
 */
public final class Notifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int FORGOTTEN = 60;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int AT_ONCE = 4;
  private static final int MOST_TRIES = 18;

  private final Notices notices;
  private final RunCatalog catalog;
  private final Path home;
  private final Supplier<NotifySettings> settings;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Set<Notice> underWay = ConcurrentHashMap.newKeySet();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Thread thread = Thread.ofVirtual().name("notifier").unstarted(this::run);

  /**
   * For one server.
   *
   * @param settings asked again and again: they may change
   */
  public Notifier(
      Notices notices,
      RunCatalog catalog,
      Path home,
      Supplier<NotifySettings> settings,
      InstantSource clock) {
    this.notices = notices;
    this.catalog = catalog;
    this.home = home;
    this.settings = settings;
    this.clock = clock;
    notices.wanted(settings.get().targets());
  }

  /** Begins to deliver. */
  public Notifier start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      for (long count = 1; true; count++) {
        Thread.sleep(LOOK);
        look(count % FORGOTTEN == 0);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /**
   * Asks the database only where somebody wants to be told.
   *
   * @param all also for notices to those that are told no more
   */
  private void look(boolean all) throws InterruptedException {
    try {
      var now = settings.get();
      notices.wanted(now.targets());
      if (now.targets().isEmpty() && !all) {
        return;
      }
      for (var notice : notices.due(clock.instant(), AT_ONCE * 2)) {
        if (underWay.add(notice)) {
          room.acquire();
          Thread.ofVirtual().name("notice").start(() -> deliver(notice, now));
        }
      }
    } catch (UserException trouble) {
      LOG.warn("nobody is told of runs that end: {}", trouble.getMessage());
      Thread.sleep(FIRST_PAUSE);
    }
  }

  private void deliver(Notice notice, NotifySettings now) {
    try {
      tell(notice, now);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (UserException trouble) {
      LOG.warn("a notice of {} stays: {}", notice.run(), trouble.getMessage());
    } finally {
      underWay.remove(notice);
      room.release();
    }
  }

  private void tell(Notice notice, NotifySettings now) throws InterruptedException {
    try {
      var run = catalog.find(notice.run());
      if (run.isPresent()) {
        new Delivery(home, now).deliver(notice, run.get());
      }
      notices.done(notice);
      delivered.increment();
    } catch (Delivery.Failed trouble) {
      failed.increment();
      if (notice.tries() + 1 >= MOST_TRIES) {
        LOG.warn("nobody was told of {}: {}; given up", notice.run(), trouble.getMessage());
        notices.done(notice);
      } else {
        LOG.warn("a notice of {} is tried again: {}", notice.run(), trouble.getMessage());
        notices.again(notice, clock.instant().plus(pause(notice.tries())));
      }
    }
  }

  /** Twice as long each time. */
  static Duration pause(int tries) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 20));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  void write(MetricsText text) {
    text.gauge(
        "ferry_notices_pending", "Ends of runs that are still to be told.", notices.pending());
    text.counter("ferry_notices_delivered_total", "Notices that arrived.", delivered.sum());
    text.counter("ferry_notices_failed_total", "Tries that failed.", failed.sum());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
