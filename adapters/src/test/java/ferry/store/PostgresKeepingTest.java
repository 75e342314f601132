package ferry.store;

import java.nio.file.Path;

class PostgresKeepingTest extends KeepingContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
