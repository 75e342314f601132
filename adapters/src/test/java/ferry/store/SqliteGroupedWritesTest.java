package ferry.store;

import java.nio.file.Path;

class SqliteGroupedWritesTest extends GroupedWritesContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
