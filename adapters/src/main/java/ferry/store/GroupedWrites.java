package ferry.store;

import ferry.store.Database.Work;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Writes of many threads, taken together: what comes while one transaction is written goes into the
 * next, so that they share the wait for the disk. Each write is still done whole or not at all, and
 * fails alone where it was refused. Whoever comes first writes for all; nobody needs a thread. A
 * write may be done twice, the first time for nothing: it changes nothing but the database.
 */
final class GroupedWrites {
  private static final int MOST = 256;

  private final Database database;
  private final ArrayDeque<Waiting<?>> queue = new ArrayDeque<>();
  private boolean isLed;

  /** A write that is to be done, and what its thread waits for. */
  private static final class Waiting<T> {
    final Work<T> work;

    /** Completed with true when the work is done, with false where its thread is to lead. */
    final CompletableFuture<Boolean> turn = new CompletableFuture<>();

    @Nullable T result;
    @Nullable RuntimeException refusal;

    Waiting(Work<T> work) {
      this.work = work;
    }

    /** Whether it was done; of what is refused something may have been written before. */
    boolean run(Session session) throws SQLException {
      refusal = null;
      try {
        result = work.with(session);
      } catch (RuntimeException refused) {
        refusal = refused;
      }
      return refusal == null;
    }
  }

  GroupedWrites(Database database) {
    this.database = database;
  }

  /** As {@link Database#write}. */
  <T extends @Nullable Object> T write(Work<T> work) {
    var mine = new Waiting<>(work);
    if (isMineToLead(mine) || !wait(mine)) {
      lead();
    }
    if (mine.refusal != null) {
      throw mine.refusal;
    }
    return result(mine);
  }

  @SuppressWarnings("NullAway") // null is a result where the work gives null
  private static <T extends @Nullable Object> T result(Waiting<T> done) {
    return done.result;
  }

  private synchronized boolean isMineToLead(Waiting<?> mine) {
    queue.add(mine);
    boolean isFirst = !isLed;
    isLed = true;
    return isFirst;
  }

  private static boolean wait(Waiting<?> mine) {
    try {
      return mine.turn.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /** Writes what has come so far, the caller's own first, and lets the next in line lead. */
  private void lead() {
    var together = take();
    try {
      database.write(session -> all(session, together));
      together.forEach(one -> one.turn.complete(true));
    } catch (RuntimeException | Error failure) {
      together.forEach(one -> one.turn.completeExceptionally(failure));
      throw failure;
    } finally {
      handOver();
    }
  }

  /**
   * Hardly ever is one refused, so that is looked at only where it happens: then all of them are
   * done once more, each with a savepoint to go back to.
   */
  private static int all(Session session, List<Waiting<?>> together) throws SQLException {
    session.again("SAVEPOINT before");
    boolean done = true;
    for (var one : together) {
      done &= one.run(session);
    }
    if (!done) {
      session.again("ROLLBACK TO SAVEPOINT before");
      for (var one : together) {
        alone(session, one);
      }
    }
    return together.size();
  }

  private static void alone(Session session, Waiting<?> one) throws SQLException {
    session.again("SAVEPOINT one");
    if (!one.run(session)) {
      session.again("ROLLBACK TO SAVEPOINT one");
    }
    session.again("RELEASE SAVEPOINT one");
  }

  private synchronized List<Waiting<?>> take() {
    var together = new ArrayList<Waiting<?>>();
    while (!queue.isEmpty() && together.size() < MOST) {
      together.add(queue.remove());
    }
    return together;
  }

  private synchronized void handOver() {
    var next = queue.peek();
    if (next == null) {
      isLed = false;
    } else {
      next.turn.complete(false);
    }
  }
}
