package ferry.store;

import java.nio.file.Path;

class SqliteExperimentBookTest extends ExperimentBookContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
