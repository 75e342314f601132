package ferry.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A home whose database is a schema of the tests' PostgreSQL. */
final class PostgresHome implements StoreHome {
  private final Path home;
  private final PostgresAddress address = TestPostgres.fresh();
  private ActiveLock lock;
  private PostgresStore store;

  PostgresHome(Path home) {
    this.home = home;
    this.lock = lock();
    this.store = PostgresStore.open(home, address, lock, () -> {});
  }

  private ActiveLock lock() {
    return ActiveLock.take(address, _ -> {}, () -> {});
  }

  @Override
  public PostgresStore store() {
    return store;
  }

  @Override
  public PostgresStore restart() {
    close();
    lock = lock();
    store = PostgresStore.open(home, address, lock, () -> {});
    return store;
  }

  @Override
  public Database bare() {
    store.close();
    return new PostgresDatabase(address, lock, () -> {});
  }

  @Override
  public void restore(byte[] dump) {
    store.close();
    try {
      PostgresStore.restore(address, lock, new ByteArrayInputStream(dump));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      restart();
    }
  }

  @Override
  public void close() {
    store.close();
    lock.close();
  }
}
