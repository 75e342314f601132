package ferry.store;

import java.io.IOException;
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
