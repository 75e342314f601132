package ferry.cli.assembly;

import java.util.ArrayDeque;
import java.util.Deque;

/** Things to close, the newest first; closing again changes nothing. */
final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> things = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T thing) {
    things.push(thing);
    return thing;
  }

  /** Closes all of them, also where one fails; the first failure is thrown at the end. */
  @Override
  public synchronized void close() {
    RuntimeException failure = null;
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        failure = failure == null ? new IllegalStateException("closing failed", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
