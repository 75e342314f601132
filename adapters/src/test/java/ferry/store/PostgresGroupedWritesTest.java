package ferry.store;

import java.nio.file.Path;

class PostgresGroupedWritesTest extends GroupedWritesContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
