package ferry.store;

import java.nio.file.Path;

class SqliteRunSearchTest extends RunSearchContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
