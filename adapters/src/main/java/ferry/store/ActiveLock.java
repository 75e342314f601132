package ferry.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the one server that uses a PostgreSQL database. An advisory lock of a session of
 * its own names the active server; each taking of it counts the epoch up, and every write is made
 * under its server's epoch, so that one that lost the lock cannot write even where it does not know
 * yet. A session that breaks is taken up again, if nobody else was active in between.
 */
public final class ActiveLock implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final int NAME = 0x46657272;

  private static final String TRY =
      "SELECT CASE WHEN pg_try_advisory_lock("
          + NAME
          + ", hashtext(current_schema())) THEN 1"
          + " ELSE 0 END";
  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS active_server (one BIGINT NOT NULL PRIMARY KEY,"
          + " epoch BIGINT NOT NULL, holder TEXT NOT NULL, since BIGINT NOT NULL)";
  private static final String TAKE =
      "INSERT INTO active_server (one, epoch, holder, since) VALUES (1, 1, ?, ?)"
          + " ON CONFLICT (one) DO UPDATE SET epoch = active_server.epoch + 1,"
          + " holder = excluded.holder, since = excluded.since RETURNING epoch";
  private static final String HOLDER = "SELECT holder FROM active_server WHERE one = 1";
  private static final String EPOCH = "SELECT epoch FROM active_server WHERE one = 1";
  private static final String KEEP = "SELECT epoch FROM active_server WHERE one = 1 FOR SHARE";

  private final PostgresAddress address;
  private final Runnable lost;
  private final boolean waited;
  private final long epoch;
  private final Thread beating;
  private @Nullable Session session;
  private volatile boolean isOver;

  private ActiveLock(PostgresAddress address, Session session, Runnable lost, boolean waited)
      throws SQLException {
    this.address = address;
    this.session = session;
    this.lost = lost;
    this.waited = waited;
    session.execute(TABLE);
    epoch =
        session
            .first(TAKE, row -> row.number(1), self(), Instant.now().toEpochMilli())
            .orElseThrow();
    session.commit();
    beating = Thread.ofVirtual().name("active").start(this::beat);
  }

  /**
   * Takes the lock; where another server has it, waits until that one ends.
   *
   * @param notice told once whom it waits for
   * @param lost called where another server became active: this one must end
   * @throws ferry.error.UserException where the database cannot be reached or refuses
   */
  public static ActiveLock take(PostgresAddress address, Consumer<String> notice, Runnable lost) {
    boolean waited = false;
    Session session = null;
    try {
      session = address.connect();
      while (!isTaken(session)) {
        if (!waited) {
          notice.accept(
              "waiting: " + holder(session) + " is the active server of " + address.words());
        }
        waited = true;
        Thread.sleep(LOOK);
      }
      var lock = new ActiveLock(address, session, lost, waited);
      session = null;
      return lock;
    } catch (SQLException e) {
      throw new PostgresFailure(address).of(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw StoreFailure.words("interrupted while waiting for " + address.words(), "start again");
    } finally {
      closeQuietly(session);
    }
  }

  private static boolean isTaken(Session session) throws SQLException {
    boolean taken = session.first(TRY, row -> row.flag(1)).orElse(false);
    session.commit();
    return taken;
  }

  private static String holder(Session session) throws SQLException {
    try {
      var holder = session.first(HOLDER, row -> row.text(1));
      session.commit();
      return holder.orElse("another process");
    } catch (SQLException e) {
      session.rollback();
      if ("42P01".equals(e.getSQLState())) {
        return "another process";
      }
      throw e;
    }
  }

  /** As others may read it: where this process is. */
  private static String self() {
    var host = Optional.ofNullable(System.getenv("HOSTNAME")).filter(name -> !name.isBlank());
    return "process " + ProcessHandle.current().pid() + host.map(at -> " on " + at).orElse("");
  }

  /** Whether another server had to end before this one became active. */
  public boolean hasWaited() {
    return waited;
  }

  /** Counts the servers of this database; the present one's. */
  public long epoch() {
    return epoch;
  }

  /**
   * To be called in each transaction that writes: until its end no other server becomes active.
   *
   * @throws ferry.error.UserException where another one is
   */
  void check(Session writing) throws SQLException {
    var now = writing.first(KEEP, row -> row.number(1));
    if (isOver || now.isEmpty() || now.get() != epoch) {
      throw StoreFailure.words(
          "another server is the active one of " + address.words(),
          "this one ends; the next command finds the other");
    }
  }

  private void beat() {
    try {
      while (!isOver) {
        Thread.sleep(HEARTBEAT);
        if (!isOver && !isHeld()) {
          isOver = true;
          lost.run();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** False where somebody else is active; a database that cannot be reached tells nothing. */
  private synchronized boolean isHeld() {
    try {
      var held = session;
      if (held == null) {
        return takesUpAgain();
      }
      held.first(EPOCH, row -> row.number(1));
      held.commit();
      return true;
    } catch (SQLException _) {
      closeQuietly(session); // the next beat connects anew, and failing writes tell the user
      session = null;
      return true;
    }
  }

  private boolean takesUpAgain() throws SQLException {
    var fresh = address.connect();
    try {
      boolean ours = isTaken(fresh);
      var now = fresh.first(EPOCH, row -> row.number(1)).orElse(0L);
      fresh.commit();
      if (ours && now == epoch) {
        session = fresh;
        return true;
      }
      // The server may not have noticed yet that our old session is gone: only the epoch tells.
      return now == epoch;
    } finally {
      if (session != fresh) {
        closeQuietly(fresh);
      }
    }
  }

  private static void closeQuietly(@Nullable Session session) {
    try {
      if (session != null) {
        session.close();
      }
    } catch (SQLException _) {
      // it is gone already, and its lock with it
    }
  }

  /** Lets the next server become active. */
  @Override
  public void close() {
    isOver = true;
    beating.interrupt();
    synchronized (this) {
      closeQuietly(session);
      session = null;
    }
  }
}
