package ferry.store;

import ferry.error.SystemError;
import ferry.error.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.JDBC;

/**
 * A SQLite file that this process has for itself: one connection writes, a few read beside it and
 * see what was committed before they began. The file is locked against other processes as long as
 * it is open ({@code vfs=unix-excl}), and needs no shared memory, so it may lie on a network home.
 */
final class SqliteDatabase implements Database {
  private static final int READERS = 4;

  /** The first moments belong to the command that started the server. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private final Path file;
  private final StoreFailure failure;
  private final Reserve reserve;
  private final FreePages pages;
  private final Runnable check;
  private final FileIdentity identity;
  private final ReentrantLock writing = new ReentrantLock();
  private final SessionPool readers = new SessionPool(READERS, new Readers());
  private Optional<Session> writer = Optional.empty();

  /** What failed leaves a connection in any state, so that the next reader opens another. */
  private final class Readers implements SessionPool.Source {
    @Override
    public Session open() throws SQLException {
      return connect();
    }

    @Override
    public boolean mend(Session session) {
      return false;
    }
  }

  /**
   * Opens the file, or makes it, with mode 0600.
   *
   * @param check called before each write; where it throws, nothing is written
   */
  SqliteDatabase(Path file, StoreFailure failure, Runnable check) {
    this(file, failure, check, QUIET);
  }

  SqliteDatabase(Path file, StoreFailure failure, Runnable check, Duration quiet) {
    this.check = check;
    this.pages = new FreePages(file, quiet);
    this.file = file;
    this.failure = failure;
    this.reserve = new Reserve(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    try {
      PrivateFiles.touch(file);
      identity = FileIdentity.of(file);
      writer = Optional.of(connect());
    } catch (IOException e) {
      throw failure.of(e);
    } catch (SQLException e) {
      throw failure.of(e);
    }
  }

  /** By its path, which may name another file, of another server, since the home was replaced. */
  private Session connect() throws SQLException {
    if (!identity.isThere()) {
      throw StoreFailure.words(
          "the database " + file + " was removed under this server",
          "the next command starts another server");
    }
    var settings = new Properties();
    settings.setProperty("journal_mode", "WAL");
    settings.setProperty("synchronous", "FULL");
    settings.setProperty("busy_timeout", "2000");
    settings.setProperty("case_sensitive_like", "true");
    settings.setProperty("journal_size_limit", "16777216");
    settings.setProperty("wal_autocheckpoint", "3000");
    settings.setProperty("jdbc.get_generated_keys", "false");
    var name = file.toString().replace("%", "%25").replace("?", "%3f").replace("#", "%23");
    return new Session(
        JDBC.createConnection("jdbc:sqlite:file:" + name + "?vfs=unix-excl", settings));
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public List<String> tables(Session session) throws SQLException {
    return session.list(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            + " ORDER BY name",
        row -> row.text(1));
  }

  /** The schema is written as SQLite reads it. */
  @Override
  public String schema(String sql) {
    return Database.withNumbers(sql, this);
  }

  @Override
  public String number(String column) {
    return "CASE WHEN json_valid("
        + column
        + ") AND json_type("
        + column
        + ") IN ('integer', 'real')"
        + " THEN CAST("
        + column
        + " AS REAL) END";
  }

  @Override
  public <T> T write(Work<T> work) {
    check.run();
    writing.lock();
    try {
      var result = committed(writer(), work);
      keepRoom(writer());
      return result;
    } catch (SQLException e) {
      throw failure.of(e);
    } finally {
      writing.unlock();
    }
  }

  /** What is committed stays committed, whether or not there is room for more. */
  private void keepRoom(Session session) {
    reserve.keep();
    try {
      pages.keep(session);
    } catch (SQLException e) {
      try {
        abandon(session, e);
      } catch (RuntimeException worse) {
        e.addSuppressed(worse);
      }
    }
  }

  @Override
  public <T> T writeAnyway(Work<T> work) {
    try {
      return write(work);
    } catch (UserException refused) {
      if (!isDiskFull(refused)) {
        throw refused;
      }
    }
    if (reserve.giveUp()) {
      try {
        return write(work);
      } catch (UserException refused) {
        if (!isDiskFull(refused)) {
          throw refused;
        }
      }
    }
    reuseLog();
    return write(work);
  }

  private static boolean isDiskFull(UserException refused) {
    return refused.error() instanceof SystemError.DiskFull;
  }

  private void reuseLog() {
    writing.lock();
    try {
      pages.reuseLog(writer());
    } catch (SQLException e) {
      throw failure.of(e);
    } finally {
      writing.unlock();
    }
  }

  /** The log of a later commit that waits for the disk has this one's in front of it. */
  @Override
  public <T> T writeSoon(Work<T> work) {
    check.run();
    writing.lock();
    try {
      var session = writer();
      session.again("PRAGMA synchronous = NORMAL");
      var result = committed(session, work);
      session.again("PRAGMA synchronous = FULL");
      keepRoom(session);
      return result;
    } catch (SQLException e) {
      throw failure.of(e);
    } finally {
      writing.unlock();
    }
  }

  private Session writer() throws SQLException {
    readers.checkOpen();
    if (writer.isEmpty()) {
      writer = Optional.of(connect());
    }
    return writer.get();
  }

  private <T> T committed(Session session, Work<T> work) throws SQLException {
    try {
      session.again("BEGIN IMMEDIATE");
      var result = work.with(session);
      session.again("COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      abandon(session, e);
      throw e;
    }
  }

  /**
   * Closing a connection rolls back whatever it had begun, in any state that a full disk may have
   * left it in; the next write opens another.
   */
  private void abandon(Session session, Exception because) {
    try {
      readers.keepOne(); // so that no other process can take the file in between
      writer = Optional.empty();
      session.close();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public <T> T read(Work<T> work) {
    try {
      return readers.with(session -> {
        session.again("BEGIN");
        var result = work.with(session);
        session.again("COMMIT");
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
      if (!readers.end()) {
        return;
      }
      if (reserve.isUsedUp()) {
        return; // the last to close removes the log, and the next server could not make another
      }
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
