package ferry.store;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database that takes transactions from any thread. */
interface Database extends AutoCloseable {
  Pattern NUMBER_OF = Pattern.compile("NUMBER_OF\\((\\w+)\\)");

  /** What is done inside one transaction. */
  interface Work<T> {
    T with(Session session) throws SQLException;
  }

  /** Where it is, as people may read it. */
  String place();

  /** The names of all tables, in alphabetical order. */
  List<String> tables(Session session) throws SQLException;

  /**
   * A statement of the schema as this database writes it; {@code NUMBER_OF(column)} stands for
   * {@link #number}.
   */
  String schema(String sql);

  /** A statement of the schema with what {@code NUMBER_OF} stands for. */
  static String withNumbers(String sql, Database database) {
    return NUMBER_OF
        .matcher(sql)
        .replaceAll(found -> Matcher.quoteReplacement(database.number(found.group(1))));
  }

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
