package ferry.store;

import java.nio.file.Path;

class SqliteModelRegistryTest extends ModelRegistryContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
