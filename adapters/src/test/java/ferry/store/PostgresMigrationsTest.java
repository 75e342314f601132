package ferry.store;

import java.nio.file.Path;

class PostgresMigrationsTest extends MigrationsContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
