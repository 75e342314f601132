package ferry.cli.assembly;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that other users of this machine leave the owner of a server a place to come in. */
final class Doorkeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
  private static final Duration CALM = Duration.ofSeconds(5);
  private static final Duration BUSY = Duration.ofMillis(20);
  private static final long QUIET_NANOS = Duration.ofMinutes(10).toNanos();

  private final IntSupplier clearing;
  private final Thread thread = Thread.ofVirtual().name("door").unstarted(this::run);
  private long told = System.nanoTime() - QUIET_NANOS;

  /**
   * For one server.
   *
   * @param clearing ends connections of others where there are too many, and says how many it ended
   */
  Doorkeeper(IntSupplier clearing) {
    this.clearing = clearing;
  }

  Doorkeeper start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      var pause = CALM;
      while (true) {
        Thread.sleep(pause);
        int ended = clearing.getAsInt();
        pause = ended == 0 ? CALM : BUSY;
        tell(ended);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Once in a while: whoever comes back at once would fill the log. */
  private void tell(int ended) {
    if (ended > 0 && System.nanoTime() - told >= QUIET_NANOS) {
      told = System.nanoTime();
      LOG.warn("ended {} connections that other users of this machine held to this server", ended);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
