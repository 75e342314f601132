package ferry.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One connection with its prepared statements, which it keeps. Used by one thread at a time. */
final class Session implements AutoCloseable {

  /** Makes something of a row. */
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  private static final int ROWS_AT_ONCE = 16;
  private static final int PIECE = 500;

  private final Connection connection;
  private final UnaryOperator<String> storable;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Session(Connection connection) {
    this(connection, UnaryOperator.identity());
  }

  /**
   * A session.
   *
   * @param storable makes of a text what the database can keep
   */
  Session(Connection connection, UnaryOperator<String> storable) {
    this.connection = connection;
    this.storable = storable;
  }

  /** This session, for reads as of one moment alone. */
  Session readOnly() throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return this;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Inserts, updates or deletes; gives the number of rows that it touched. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return prepared(sql, values).executeUpdate();
  }

  <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
    var all = new ArrayList<T>();
    try (var rows = prepared(sql, values).executeQuery()) {
      var row = new Row(rows);
      while (rows.next()) {
        all.add(reader.read(row));
      }
    }
    return all;
  }

  <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (var rows = prepared(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty();
    }
  }

  /** Runs a statement that has no values, and keeps it for the next time. */
  void again(String sql) throws SQLException {
    prepared(sql).execute();
  }

  /**
   * Runs {@code head (?, …), (?, …) … tail} for rows of equally many values, some dozens at once.
   */
  void updateAll(String head, String tail, List<@Nullable Object[]> rows) throws SQLException {
    int done = 0;
    while (done < rows.size()) {
      int count = rows.size() - done < ROWS_AT_ONCE ? 1 : ROWS_AT_ONCE;
      int columns = rows.get(done).length;
      var values = new @Nullable Object[count * columns];
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows.get(done + i), 0, values, i * columns, columns);
      }
      var row = "(" + "?, ".repeat(columns - 1) + "?)";
      update(head + (row + ", ").repeat(count - 1) + row + tail, values);
      done += count;
    }
  }

  /** As {@link #list}, of a query that is hardly asked again: it is not kept. */
  <T> List<T> once(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
    var all = new ArrayList<T>();
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        bind(statement, i + 1, values[i]);
      }
      try (var rows = statement.executeQuery()) {
        var row = new Row(rows);
        while (rows.next()) {
          all.add(reader.read(row));
        }
      }
    }
    return all;
  }

  /** What is done with the names of columns, before the rows. */
  interface Columns {
    void take(List<String> names);
  }

  /** What is done with each row of a table. */
  interface EachRow {
    void take(ResultSet rows) throws SQLException;
  }

  /** Reads a table of any length, row by row. */
  void each(String sql, Columns columns, EachRow each) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(PIECE);
      try (var rows = statement.executeQuery(sql)) {
        var names = new ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          names.add(rows.getMetaData().getColumnName(i));
        }
        columns.take(names);
        while (rows.next()) {
          each.take(rows);
        }
      }
    }
  }

  /** As {@link #update}, later: together with others, at the next {@link #flush}. */
  void gather(String sql, @Nullable Object... values) throws SQLException {
    prepared(sql, values).addBatch();
  }

  void flush(String sql) throws SQLException {
    prepared(sql).executeBatch();
  }

  /** Runs a statement that has no values and is not kept. */
  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
    return statement;
  }

  private void bind(PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(place, null);
      case String text -> statement.setString(place, storable.apply(text));
      case Long number -> statement.setLong(place, number);
      case Integer number -> statement.setLong(place, number);
      case Double number -> statement.setDouble(place, number);
      case byte[] bytes -> statement.setBytes(place, bytes);
      case Boolean flag -> statement.setLong(place, flag ? 1 : 0);
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
