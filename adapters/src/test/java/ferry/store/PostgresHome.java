package ferry.store;

import java.nio.file.Path;

/** A home whose database is a schema of the tests' PostgreSQL. */
final class PostgresHome implements AutoCloseable {
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

  PostgresAddress address() {
    return address;
  }

  PostgresStore store() {
    return store;
  }

  /** The store as the next process finds it. */
  PostgresStore restart() {
    close();
    lock = lock();
    store = PostgresStore.open(home, address, lock, () -> {});
    return store;
  }

  @Override
  public void close() {
    store.close();
    lock.close();
  }
}
