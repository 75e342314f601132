package ferry.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The numbered steps from an empty database to the present one. Each is done once, whole, in the
 * transaction that also records it; what was recorded must still be what we know.
 */
final class Migrations {
  /** Names of the resources, in order; the first is number 1. */
  static final List<String> KNOWN =
      List.of(
          "001-runs.sql",
          "002-tracking.sql",
          "003-experiments.sql",
          "004-models.sql",
          "005-metric-tails.sql",
          "006-trials.sql",
          "007-notices.sql",
          "008-metric-inbox.sql");

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS schema_versions"
          + " (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";

  private record Done(int version, String name, String checksum) {}

  private final String database;
  private final List<String> known;

  Migrations(String database, List<String> known) {
    this.database = database;
    this.known = known;
  }

  /**
   * Brings the database to the present schema.
   *
   * @throws ferry.error.UserException where it is of a newer version, or its schema is not ours
   */
  void apply(Database to) {
    to.write(session -> {
      session.execute(to.schema(TABLE));
      var done =
          session.list(
              "SELECT version, name, checksum FROM schema_versions ORDER BY version",
              row -> new Done(row.count(1), row.text(2), row.text(3)));
      for (var step : done) {
        check(step, done.size());
      }
      for (int version = done.size() + 1; version <= known.size(); version++) {
        apply(session, to, version);
      }
      return done.size();
    });
  }

  private void check(Done step, int versions) {
    if (step.version > known.size()) {
      throw StoreFailure.words(
          "the database "
              + database
              + " was made by a newer Ferry (schema "
              + versions
              + ", this one knows "
              + known.size()
              + ")",
          "use that version or a newer one, or another home: FERRY_HOME=PATH");
    }
    var name = known.get(step.version - 1);
    if (!step.checksum.equals(checksum(text(name)))) {
      throw StoreFailure.words(
          "the database "
              + database
              + " has another schema than expected: `"
              + step.name
              + "` was applied in another form",
          "it was made by a development version of Ferry: use that one, or another FERRY_HOME");
    }
  }

  private void apply(Session session, Database to, int version) throws SQLException {
    var name = known.get(version - 1);
    var text = text(name);
    for (var statement : text.replaceAll("(?m)^--.*$", "").split(";\\s*\\n")) {
      if (!statement.isBlank()) {
        session.execute(to.schema(statement));
      }
    }
    session.update(
        "INSERT INTO schema_versions (version, name, checksum) VALUES (?, ?, ?)",
        version,
        name,
        checksum(text));
  }

  private static String text(String name) {
    try (var in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build of Ferry lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
