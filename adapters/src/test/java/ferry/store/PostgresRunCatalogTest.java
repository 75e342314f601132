package ferry.store;

import java.nio.file.Path;

class PostgresRunCatalogTest extends RunCatalogContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
