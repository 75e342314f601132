package ferry.store;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All rows as they were at one moment, in a form that either database reads again: a word and the
 * number of migrations, then each table by name with its columns, then its rows, value by value
 * with a mark of its kind.
 */
final class TableDump {
  static final String FORMAT = "ferry-rows-1";
  static final int END = 0;
  static final int ROW = 1;
  static final int NULL = 2;
  static final int NUMBER = 3;
  static final int REAL = 4;
  static final int TEXT = 5;
  static final int BYTES = 6;

  /** What the database keeps for itself. */
  private static final Set<String> OWN = Set.of("schema_versions", "active_server");

  private final Database database;

  TableDump(Database database) {
    this.database = database;
  }

  /** Writes everything; runs may go on meanwhile. */
  void to(OutputStream stream) throws IOException {
    var out = new DataOutputStream(stream);
    try {
      database.read(session -> {
        write(session, out);
        return true;
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }

  private void write(Session session, DataOutputStream out) throws SQLException {
    try {
      out.writeUTF(FORMAT);
      out.writeInt(
          session.first("SELECT count(*) FROM schema_versions", row -> row.count(1)).orElseThrow());
      for (var table : database.tables(session)) {
        if (!OWN.contains(table)) {
          write(session, table, out);
        }
      }
      out.writeUTF("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Session session, String table, DataOutputStream out)
      throws SQLException, IOException {
    out.writeUTF(table);
    session.each(
        "SELECT * FROM " + table,
        columns -> writeColumns(columns, out),
        rows -> writeRow(rows, out));
    out.writeByte(END);
  }

  private static void writeColumns(List<String> columns, DataOutputStream out) {
    try {
      out.writeInt(columns.size());
      for (var column : columns) {
        out.writeUTF(column);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeRow(ResultSet rows, DataOutputStream out) throws SQLException {
    try {
      out.writeByte(ROW);
      int columns = rows.getMetaData().getColumnCount();
      for (int i = 1; i <= columns; i++) {
        writeValue(rows.getObject(i), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeValue(@Nullable Object value, DataOutputStream out) throws IOException {
    switch (value) {
      case null -> out.writeByte(NULL);
      case Double real -> {
        out.writeByte(REAL);
        out.writeDouble(real);
      }
      case Number number -> {
        out.writeByte(NUMBER);
        out.writeLong(number.longValue());
      }
      case byte[] bytes -> writeBytes(BYTES, bytes, out);
      default -> writeBytes(TEXT, value.toString().getBytes(StandardCharsets.UTF_8), out);
    }
  }

  private static void writeBytes(int kind, byte[] bytes, DataOutputStream out) throws IOException {
    out.writeByte(kind);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
