package ferry.store;

import java.nio.file.Path;

class SqliteMigrationsTest extends MigrationsContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
