package ferry.store;

import java.nio.file.Path;

class PostgresDumpTest extends DumpContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
