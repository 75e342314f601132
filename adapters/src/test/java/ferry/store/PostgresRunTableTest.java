package ferry.store;

import java.nio.file.Path;

class PostgresRunTableTest extends RunTableContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
