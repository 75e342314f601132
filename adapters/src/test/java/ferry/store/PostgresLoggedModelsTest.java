package ferry.store;

import java.nio.file.Path;

class PostgresLoggedModelsTest extends LoggedModelsContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
