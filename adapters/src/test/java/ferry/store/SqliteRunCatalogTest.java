package ferry.store;

import java.nio.file.Path;

class SqliteRunCatalogTest extends RunCatalogContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
