package ferry.store;

import java.io.IOException;
import java.io.InputStream;
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
   * Fills the empty database of a home with what another store dumped.
   *
   * @throws ferry.error.UserException where it is not empty, or the dump cannot be used
   */
  public static void restore(Path home, InputStream dump) throws IOException {
    var absolute = home.toAbsolutePath().normalize();
    var file = absolute.resolve(FILE);
    NativeLibrary.prepare(absolute);
    try (var database = new SqliteDatabase(file, new StoreFailure(absolute, file), () -> {})) {
      new TableLoad(database, Migrations.KNOWN).from(dump);
    }
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
