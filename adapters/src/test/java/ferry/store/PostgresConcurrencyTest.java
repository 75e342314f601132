package ferry.store;

import java.nio.file.Path;

class PostgresConcurrencyTest extends ConcurrencyContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
