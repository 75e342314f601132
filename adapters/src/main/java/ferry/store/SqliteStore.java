package ferry.store;

import java.io.IOException;
import java.nio.file.Path;

/** Everything that a home on this machine keeps in its own database, {@code ferry.db}. */
public final class SqliteStore extends Store {
  private static final String FILE = "ferry.db";

  private SqliteStore(Path home, Database database, StoreFailure failure) {
    super(home, database, failure);
  }

  /**
   * Opens the store in a home, making both where they are not there and bringing an older database
   * to the present schema.
   *
   * @throws ferry.error.UserException with {@link ferry.error.SystemError.Unavailable} where the
   *     home is read-only or its disk full, where another process has the database open, where it
   *     is damaged, or where a newer Ferry made it
   */
  public static SqliteStore open(Path home) {
    return open(home, () -> {});
  }

  /**
   * As {@link #open(Path)}.
   *
   * @param check called before each write; where it throws, nothing is written
   */
  public static SqliteStore open(Path home, Runnable check) {
    var absolute = home.toAbsolutePath().normalize();
    var file = absolute.resolve(FILE);
    var failure = new StoreFailure(absolute, file);
    try {
      PrivateFiles.directories(absolute.resolve("runs"));
    } catch (IOException e) {
      throw failure.of(e);
    }
    NativeLibrary.prepare(absolute);
    var database = new SqliteDatabase(file, failure, check);
    try {
      new Migrations(file.toString(), Migrations.KNOWN).apply(database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return new SqliteStore(absolute, database, failure);
  }
}
