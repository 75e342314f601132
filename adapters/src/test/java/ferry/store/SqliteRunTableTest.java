package ferry.store;

import java.nio.file.Path;

class SqliteRunTableTest extends RunTableContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
