package ferry.store;

import java.nio.file.Path;

class SqliteLoggedModelsTest extends LoggedModelsContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
