package ferry.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A home whose database is a file in it. */
final class SqliteHome implements StoreHome {
  private final Path home;
  private SqliteStore store;

  SqliteHome(Path home) {
    this.home = home;
    this.store = SqliteStore.open(home);
  }

  @Override
  public SqliteStore store() {
    return store;
  }

  @Override
  public SqliteStore restart() {
    close();
    store = SqliteStore.open(home);
    return store;
  }

  @Override
  public Database bare() {
    close();
    var file = home.resolve("ferry.db");
    return new SqliteDatabase(file, new StoreFailure(home, file), () -> {});
  }

  @Override
  public void restore(byte[] dump) {
    close();
    try {
      SqliteStore.restore(home, new ByteArrayInputStream(dump));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      restart();
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
