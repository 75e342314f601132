package ferry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A row of an answer, read column by column by its place, from 1. */
final class Row {
  private final ResultSet rows;

  Row(ResultSet rows) {
    this.rows = rows;
  }

  String text(int column) throws SQLException {
    return rows.getString(column);
  }

  Optional<String> optionalText(int column) throws SQLException {
    return Optional.ofNullable(rows.getString(column));
  }

  long number(int column) throws SQLException {
    return rows.getLong(column);
  }

  int count(int column) throws SQLException {
    return Math.toIntExact(rows.getLong(column));
  }

  byte @Nullable [] optionalBytes(int column) throws SQLException {
    return rows.getBytes(column);
  }

  byte[] bytes(int column) throws SQLException {
    return rows.getBytes(column);
  }

  double real(int column) throws SQLException {
    return rows.getDouble(column);
  }

  boolean flag(int column) throws SQLException {
    return rows.getLong(column) != 0;
  }

  Instant instant(int column) throws SQLException {
    return Instant.ofEpochMilli(rows.getLong(column));
  }

  Optional<Instant> optionalInstant(int column) throws SQLException {
    long millis = rows.getLong(column);
    return rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  OptionalInt optionalCount(int column) throws SQLException {
    long number = rows.getLong(column);
    return rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(number));
  }

  OptionalLong optionalNumber(int column) throws SQLException {
    long number = rows.getLong(column);
    return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  OptionalDouble optionalReal(int column) throws SQLException {
    double real = rows.getDouble(column);
    return rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(real);
  }
}
