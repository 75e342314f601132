package ferry.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, one for all tests of this JVM, in which each test has a schema of its own. */
final class TestPostgres {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private TestPostgres() {}

  /** Started by whoever asks first; it ends with the JVM. */
  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An empty place in it. */
  static PostgresAddress fresh() {
    var schema = "s" + SCHEMAS.incrementAndGet();
    execute("CREATE SCHEMA " + schema);
    return PostgresAddress.parse(
        server() + "?currentSchema=" + schema, PostgresAddress.Source.OPEN, Map.of());
  }

  private static String server() {
    return "postgresql://postgres@localhost:" + Running.SERVER.getPort() + "/postgres";
  }

  static void execute(String sql) {
    var address = PostgresAddress.parse(server(), PostgresAddress.Source.OPEN, Map.of());
    try (var session = address.connect()) {
      session.execute(sql);
      session.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
