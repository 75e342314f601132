package ferry.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A PostgreSQL database of which this process is the active server: one connection writes, a few
 * read beside it. A connection that broke is opened again by whoever needs it next.
 */
final class PostgresDatabase implements Database {
  private static final int READERS = 6;

  private final PostgresAddress address;
  private final ActiveLock lock;
  private final Runnable check;
  private final PostgresFailure failure;
  private final ReentrantLock writing = new ReentrantLock();
  private final SessionPool readers = new SessionPool(READERS, new Readers());
  private Optional<Session> writer = Optional.empty();

  private final class Readers implements SessionPool.Source {
    @Override
    public Session open() throws SQLException {
      return address.connect().readOnly();
    }

    @Override
    public boolean mend(Session session) {
      return isRolledBack(session);
    }
  }

  /**
   * Of a lock that is held.
   *
   * @param check called before each write; where it throws, nothing is written
   */
  PostgresDatabase(PostgresAddress address, ActiveLock lock, Runnable check) {
    this.address = address;
    this.lock = lock;
    this.check = check;
    this.failure = new PostgresFailure(address);
  }

  @Override
  public String place() {
    return address.words();
  }

  @Override
  public List<String> tables(Session session) throws SQLException {
    return session.list(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            + " AND table_type = 'BASE TABLE' ORDER BY 1",
        row -> row.text(1));
  }

  /** Texts are compared by their bytes, whatever language the database was made for. */
  @Override
  public String schema(String sql) {
    return Database.withNumbers(sql.replaceAll("\\bTEXT\\b", "TEXT COLLATE \"C\""), this);
  }

  /** What is too long for a number is none: to cast it would fail. */
  @Override
  public String number(String column) {
    var digits = "'^-{0,1}[0-9]{1,100}([.][0-9]{1,100}){0,1}([eE][-+]{0,1}[0-9]{1,2}){0,1}$'";
    return "CASE WHEN "
        + column
        + " ~ "
        + digits
        + " THEN CAST("
        + column
        + " AS DOUBLE PRECISION) END";
  }

  @Override
  public <T> T write(Work<T> work) {
    check.run();
    writing.lock();
    try {
      return committed(writer(), work);
    } catch (SQLException e) {
      throw failure.of(e);
    } finally {
      writing.unlock();
    }
  }

  /** What is written later waits for the disk, and by the order of the log this with it. */
  @Override
  public <T> T writeSoon(Work<T> work) {
    return write(session -> {
      session.again("SET LOCAL synchronous_commit = off");
      return work.with(session);
    });
  }

  /** The room that a home keeps is of no use to a database elsewhere. */
  @Override
  public <T> T writeAnyway(Work<T> work) {
    return write(work);
  }

  private <T> T committed(Session session, Work<T> work) throws SQLException {
    boolean done = false;
    try {
      lock.check(session);
      var result = work.with(session);
      session.commit();
      done = true;
      return result;
    } finally {
      if (!done && !isRolledBack(session)) {
        writer = Optional.empty();
        session.close(); // what it had begun ends with it
      }
    }
  }

  /** False where the connection is of no more use. */
  private static boolean isRolledBack(Session session) {
    try {
      session.rollback();
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  private Session writer() throws SQLException {
    readers.checkOpen();
    if (writer.isEmpty()) {
      var fresh = address.connect();
      writer = Optional.of(fresh);
      beDurable(fresh);
    }
    return writer.get();
  }

  /** An answer waits for the disk, also where the database is set up not to wait. */
  private static void beDurable(Session session) throws SQLException {
    session.execute("SET idle_in_transaction_session_timeout = '60s'");
    var setting = session.first("SHOW synchronous_commit", row -> row.text(1)).orElse("on");
    if (setting.equals("off")) {
      session.execute("SET synchronous_commit = on");
    }
    session.commit();
  }

  @Override
  public <T> T read(Work<T> work) {
    try {
      return readers.with(session -> {
        var result = work.with(session);
        session.commit();
        return result;
      });
    } catch (SQLException e) {
      throw failure.of(e);
    }
  }

  @Override
  public void abandon() {
    readers.end();
  }

  /** Waits for the write that is going on; what is asked later is refused. */
  @Override
  public void close() {
    writing.lock();
    try {
      readers.close();
      if (writer.isPresent()) {
        writer.get().close();
        writer = Optional.empty();
      }
    } catch (SQLException e) {
      throw failure.of(e);
    } finally {
      writing.unlock();
    }
  }
}
