package ferry.store;

import ferry.error.UserException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a {@link TableDump} into a database that has none, all of them or nothing. */
final class TableLoad {
  private static final Pattern NAME = Pattern.compile("[a-z_]{1,60}");
  private static final List<String> MUST_BE_EMPTY =
      List.of("runs", "tracked_runs", "experiments", "models", "schedules");
  private static final int LONGEST = 1 << 30;
  private static final int MOST_COLUMNS = 100;
  private static final int BATCH = 500;

  private final Database database;
  private final List<String> known;

  /**
   * Into a database whose schema it brings to the one of the dump.
   *
   * @param known all migrations
   */
  TableLoad(Database database, List<String> known) {
    this.database = database;
    this.known = known;
  }

  /**
   * Reads everything.
   *
   * @throws UserException where it is no dump, a newer Ferry's, or the database has rows
   */
  void from(InputStream stream) throws IOException {
    var in = new DataInputStream(stream);
    if (!in.readUTF().equals(TableDump.FORMAT)) {
      throw damaged("it begins with something else");
    }
    int schema = in.readInt();
    if (schema > known.size() || schema < 1) {
      throw StoreFailure.words(
          "the backup was made by a newer Ferry (schema "
              + schema
              + ", this one knows "
              + known.size()
              + ")",
          "use that version or a newer one");
    }
    new Migrations(database.place(), known.subList(0, schema)).apply(database);
    try {
      database.write(session -> {
        checkEmpty(session);
        load(session, in);
        return true;
      });
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof EOFException) {
        throw damaged("its end is missing");
      }
      throw e.getCause();
    }
  }

  private void checkEmpty(Session session) throws SQLException {
    var tables = database.tables(session);
    for (var table : MUST_BE_EMPTY) {
      if (tables.contains(table)
          && session.first("SELECT 1 FROM " + table + " LIMIT 1", row -> true).isPresent()) {
        throw StoreFailure.words(
            "the database " + database.place() + " is not empty: it has " + table,
            "restore into an empty one: another FERRY_HOME, or another database");
      }
    }
  }

  private void load(Session session, DataInputStream in) throws SQLException {
    var tables = database.tables(session);
    try {
      for (var table = in.readUTF(); !table.isEmpty(); table = in.readUTF()) {
        if (!tables.contains(table)) {
          throw damaged("it has a table that is not Ferry's");
        }
        session.update("DELETE FROM " + table);
        load(session, table, in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void load(Session session, String table, DataInputStream in)
      throws SQLException, IOException {
    int columns = in.readInt();
    if (columns < 1 || columns > MOST_COLUMNS) {
      throw damaged("a table has " + columns + " columns");
    }
    var names = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      var name = in.readUTF();
      if (!NAME.matcher(name).matches()) {
        throw damaged("a column has no name of Ferry's");
      }
      names.append(i == 0 ? "" : ", ").append(name);
    }
    var sql =
        "INSERT INTO " + table + " (" + names + ") VALUES (" + "?, ".repeat(columns - 1) + "?)";
    int rows = 0;
    var values = new @Nullable Object[columns];
    while (in.readByte() == TableDump.ROW) {
      for (int i = 0; i < columns; i++) {
        values[i] = value(in);
      }
      session.gather(sql, values);
      if (++rows % BATCH == 0) {
        session.flush(sql);
      }
    }
    session.flush(sql);
  }

  private static @Nullable Object value(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case TableDump.NULL -> null;
      case TableDump.NUMBER -> in.readLong();
      case TableDump.REAL -> in.readDouble();
      case TableDump.TEXT -> new String(bytes(in), StandardCharsets.UTF_8);
      case TableDump.BYTES -> bytes(in);
      default -> throw damaged("a value has no kind");
    };
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw damaged("a value has the length " + length);
    }
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static UserException damaged(String why) {
    return StoreFailure.words(
        "the backup's database cannot be read: " + why, "use another backup: this one is damaged");
  }
}
