package ferry.cli;

import ferry.files.FileHome;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.server.http.Guard;
import ferry.server.http.HttpFront;
import ferry.server.http.Router;
import ferry.server.mlflow.MlflowApi;
import ferry.server.mlflow.MlflowPorts;
import ferry.store.ActiveLock;
import ferry.store.PostgresAddress;
import ferry.store.PostgresStore;
import ferry.store.SqliteStore;
import ferry.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** MLflow's API over a real store, on either database, and a real line. */
final class MlflowPlace implements AutoCloseable {
  static final String TOKEN = "token";

  /** The token of the attempt {@code hello-bbbbb/train/1}. */
  static final String STEP = "ferry-step.of-a-test";

  private final Store store;
  private final Runnable unlock;
  private final HttpFront front;

  private MlflowPlace(Path home, Store store, Runnable unlock) {
    this.store = store;
    this.unlock = unlock;
    var ports =
        new MlflowPorts(
            store.groups(),
            store.tracked(),
            store.tracking(),
            store.metrics(),
            new FileHome(home).uploads(),
            store.models(),
            store.loggedModels());
    var router =
        new Router(MlflowApi.routes(ports, InstantSource.system()), List.of(MlflowApi.dialect()));
    front = new HttpFront(0, router, MlflowPlace::guard, () -> {});
    front.open();
  }

  static MlflowPlace onSqlite(Path home) {
    return new MlflowPlace(home, SqliteStore.open(home), () -> {});
  }

  static MlflowPlace onPostgres(Path home) {
    var address = Postgres.freshSchema();
    var lock = ActiveLock.take(address, _ -> {}, () -> {});
    return new MlflowPlace(home, PostgresStore.open(home, address, lock, () -> {}), lock::close);
  }

  private static Guard guard(int port) {
    var attempt = new AttemptId(new RunId("hello-bbbbb"), "train", 1);
    return new Guard(
        Set.of("127.0.0.1:" + port),
        TOKEN,
        _ -> false,
        word -> word.equals(STEP) ? Optional.of(attempt) : Optional.empty());
  }

  String url() {
    return "http://127.0.0.1:" + front.port();
  }

  @Override
  public void close() {
    front.close();
    store.close();
    unlock.run();
  }

  /** A real PostgreSQL, one for all tests of this JVM; it ends with it. */
  private static final class Postgres {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static PostgresAddress freshSchema() {
      var schema = "s" + SCHEMAS.incrementAndGet();
      try (var line = SERVER.getPostgresDatabase().getConnection();
          var statement = line.createStatement()) {
        statement.execute("CREATE SCHEMA " + schema);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return PostgresAddress.parse(
          "postgresql://postgres@localhost:%d/postgres?currentSchema=%s"
              .formatted(SERVER.getPort(), schema),
          PostgresAddress.Source.OPEN,
          Map.of());
    }
  }
}
