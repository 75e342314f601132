package ferry.store;

import java.nio.file.Path;

class PostgresModelRegistryTest extends ModelRegistryContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
