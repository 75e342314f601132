package ferry.store;

import java.nio.file.Path;

class SqliteConcurrencyTest extends ConcurrencyContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
