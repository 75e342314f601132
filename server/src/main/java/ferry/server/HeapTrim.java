package ferry.server;

import java.time.Duration;

/**
 * Gives memory back once when a server has come to rest after work: Java collects, and shrinks its
 * heap, only when it needs room.
 */
final class HeapTrim {
  private static final Duration REST = Duration.ofMinutes(1);
  private static final long SMALL = 20L << 20;

  private boolean isDone;

  /**
   * To be called now and then.
   *
   * @param life tells whether anybody needed the server lately
   */
  void look(ServerLife life) {
    if (life.wasNeededWithin(REST)) {
      isDone = false;
    } else if (!isDone) {
      isDone = true;
      if (Runtime.getRuntime().totalMemory() > SMALL) {
        System.gc();
      }
    }
  }
}
