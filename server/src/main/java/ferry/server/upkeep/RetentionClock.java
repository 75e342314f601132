package ferry.server.upkeep;

import ferry.error.UserException;
import ferry.workflow.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old runs now and then, where a setting says how old they may become. */
public final class RetentionClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionClock.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Retention retention;
  private final Supplier<Optional<String>> age;
  private final Thread thread = Thread.ofVirtual().name("retention").unstarted(this::run);

  /** Looks at the setting each time anew. */
  public RetentionClock(Retention retention, Supplier<Optional<String>> age) {
    this.retention = retention;
    this.age = age;
  }

  /** Begins; the first look is a minute from now. */
  public RetentionClock start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      Thread.sleep(FIRST);
      while (true) {
        remove();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void remove() {
    try {
      var wanted = age.get();
      if (wanted.isPresent()) {
        var outcome =
            retention.remove(
                DurationText.parse("retention", wanted.get()), Optional.empty(), false);
        if (!outcome.removed().isEmpty()) {
          LOG.info("removed {} runs older than {}", outcome.removed().size(), wanted.get());
        }
      }
    } catch (UserException trouble) {
      LOG.warn("old runs stay: {}", trouble.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
