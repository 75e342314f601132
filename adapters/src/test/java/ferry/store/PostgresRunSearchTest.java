package ferry.store;

import java.nio.file.Path;

class PostgresRunSearchTest extends RunSearchContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
