package ferry.store;

import java.sql.SQLException;
import java.util.List;

/** A database that takes transactions from any thread. */
interface Database extends AutoCloseable {

  /** What is done inside one transaction. */
  interface Work<T> {
    T with(Session session) throws SQLException;
  }

  /** Where it is, as people may read it. */
  String place();

  /** The names of all tables, in alphabetical order. */
  List<String> tables(Session session) throws SQLException;

  /** A statement of the schema as this database writes it. */
  String schema(String sql);

  /** The number that a column of texts holds, as JSON writes numbers; NULL where it is none. */
  String number(String column);

  /**
   * Does all of the work or none; it survives a power cut once this returns.
   *
   * @throws ferry.error.UserException where it cannot be written, in words
   */
  <T> T write(Work<T> work);

  /**
   * As {@link #write}, for what must be written on a full disk too: the home gives up its {@link
   * Reserve} for it. Not for anything that begins something new.
   */
  <T> T writeAnyway(Work<T> work);

  /**
   * As {@link #write}, without waiting for the disk: when the process is killed all of it is there,
   * after a power cut it is there if anything is that was written later. For what follows from
   * other writes, or comes before them.
   */
  default <T> T writeSoon(Work<T> work) {
    return write(work);
  }

  /** Reads everything as it was at one moment, whatever is written meanwhile. */
  <T> T read(Work<T> work);

  /** Takes no more work, and leaves open what is open: closing would write. */
  void abandon();

  @Override
  void close();
}
