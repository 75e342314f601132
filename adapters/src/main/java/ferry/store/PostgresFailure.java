package ferry.store;

import ferry.error.UserException;
import java.sql.SQLException;

/** What keeps a PostgreSQL database from being read or written, in words. */
final class PostgresFailure {
  private final PostgresAddress address;

  PostgresFailure(PostgresAddress address) {
    this.address = address;
  }

  /**
   * The words for what the database said.
   *
   * @throws IllegalStateException for what only a mistake of ours can bring about
   */
  UserException of(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    var kind = state.length() < 2 ? state : state.substring(0, 2);
    if (state.equals("42501")) {
      return words(
          "gives the user `" + address.user() + "` too few rights: " + said(failure),
          "`GRANT CREATE, USAGE ON SCHEMA …` to that user");
    }
    return switch (kind) {
      case "08", "57", "58" ->
          words("cannot be reached: " + said(failure), "see whether it runs, and can be reached");
      case "28" ->
          words(
              "refuses the user `" + address.user() + "`: " + said(failure),
              "the password belongs in PGPASSWORD or ~/.pgpass");
      case "3D" ->
          words("is not there: " + said(failure), "make it: `createdb " + address.database() + "`");
      case "25" -> words("takes no writes: " + said(failure), "name the primary, not a standby");
      case "3F" -> words("lacks the schema: " + said(failure), "make it: `CREATE SCHEMA …`");
      case "53" ->
          words("has no room left: " + said(failure), "see to its disk, memory and connections");
      case "40", "55" -> words("is busy: " + said(failure), "try again in a moment");
      default -> throw new IllegalStateException("the database was misused", failure);
    };
  }

  /** Whether the connection is of no more use. */
  static boolean isBroken(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  private UserException words(String what, String help) {
    return StoreFailure.words("the database " + address.words() + " " + what, help);
  }

  private static String said(SQLException failure) {
    var text = String.valueOf(failure.getMessage()).strip();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
