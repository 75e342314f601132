package ferry.server.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Room for requests that are large and have to be held whole: so few of them are in memory at once
 * that all together leave some of it free.
 */
final class BodyRoom {
  /** What is smaller needs no room, in bytes. */
  static final int SMALL = 1 << 20;

  private static final int MOST_LARGE = 2;
  private static final int PATIENCE_SECONDS = 30;

  private final Semaphore large = new Semaphore(MOST_LARGE, true);

  /** The room of one request, which is none until it takes it. */
  Place place() {
    return new Place();
  }

  /** What one request takes up, until it is closed. Used by one thread. */
  final class Place implements AutoCloseable {
    private boolean isTaken;

    /**
     * Waits for room.
     *
     * @throws HttpProblem 503 where there is none for half a minute
     */
    void take() {
      if (isTaken) {
        return;
      }
      try {
        isTaken = large.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      if (!isTaken) {
        throw new HttpProblem(
            503,
            "too-much-at-once",
            "the server has other large requests in hand",
            "send it again in a moment");
      }
    }

    @Override
    public void close() {
      if (isTaken) {
        isTaken = false;
        large.release();
      }
    }
  }
}
