package ferry.store;

import ferry.error.UserException;
import ferry.store.Database.Work;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;

/**
 * The connections that read a database side by side: at most so many, opened when they are needed
 * and kept for whoever reads next. Once it has ended, what is asked is refused and what is given
 * back is closed.
 */
final class SessionPool {

  /** How a database opens a connection, and what it does with one on which something failed. */
  interface Source {
    Session open() throws SQLException;

    /** Whether the next reader can use it; where not, it is closed. */
    boolean mend(Session session);
  }

  private final Source source;
  private final Semaphore room;
  private final ArrayDeque<Session> idle = new ArrayDeque<>();
  private volatile boolean ended;

  SessionPool(int most, Source source) {
    this.source = source;
    this.room = new Semaphore(most);
  }

  /** Waits for a connection where all are in use. */
  <T> T with(Work<T> work) throws SQLException {
    room.acquireUninterruptibly();
    try {
      var session = take();
      boolean done = false;
      try {
        var result = work.with(session);
        done = true;
        return result;
      } finally {
        giveBack(session, done || source.mend(session));
      }
    } finally {
      room.release();
    }
  }

  private Session take() throws SQLException {
    synchronized (idle) {
      checkOpen();
      var session = idle.poll();
      if (session != null) {
        return session;
      }
    }
    return source.open();
  }

  private void giveBack(Session session, boolean good) throws SQLException {
    synchronized (idle) {
      if (good && !ended) {
        idle.push(session);
        return;
      }
    }
    session.close();
  }

  /** Has at least one connection open. */
  void keepOne() throws SQLException {
    synchronized (idle) {
      if (idle.isEmpty()) {
        idle.add(source.open());
      }
    }
  }

  /** Refuses from here on; whether it had not before. */
  boolean end() {
    synchronized (idle) {
      boolean isFirst = !ended;
      ended = true;
      return isFirst;
    }
  }

  /**
   * Nothing where the pool goes on.
   *
   * @throws UserException where it has ended
   */
  void checkOpen() {
    if (ended) {
      throw StoreFailure.words("the server is ending", "try again in a moment");
    }
  }

  /** Closes what nobody uses at this moment; the rest is closed when it is given back. */
  void close() throws SQLException {
    end();
    synchronized (idle) {
      for (var session : idle) {
        session.close();
      }
      idle.clear();
    }
  }
}
