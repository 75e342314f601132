package ferry.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Everything that a team's server keeps in a PostgreSQL database; environments, logs and artifacts
 * stay files of its home.
 */
public final class PostgresStore extends Store {

  private PostgresStore(Path home, Database database, StoreFailure failure) {
    super(home, database, failure);
  }

  /**
   * Fills an empty database with what another store dumped.
   *
   * @throws ferry.error.UserException where it is not empty, or the dump cannot be used
   */
  public static void restore(PostgresAddress address, ActiveLock lock, InputStream dump)
      throws IOException {
    try (var database = new PostgresDatabase(address, lock, () -> {})) {
      new TableLoad(database, Migrations.KNOWN).from(dump);
    }
  }

  /**
   * Opens the store, bringing an empty or older database to the present schema.
   *
   * @param lock by which this process is the active server; it stays open longer than the store
   * @param check called before each write; where it throws, nothing is written
   * @throws ferry.error.UserException where the database cannot be reached, refuses, or was made by
   *     a newer Ferry
   */
  public static PostgresStore open(
      Path home, PostgresAddress address, ActiveLock lock, Runnable check) {
    var absolute = home.toAbsolutePath().normalize();
    var failure = new StoreFailure(absolute, absolute);
    try {
      PrivateFiles.directories(absolute.resolve("runs"));
    } catch (IOException e) {
      throw failure.of(e);
    }
    var database = new PostgresDatabase(address, lock, check);
    try {
      new Migrations(database.place(), Migrations.KNOWN).apply(database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return new PostgresStore(absolute, database, failure);
  }
}
