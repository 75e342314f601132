package ferry.store;

import java.nio.file.Path;

class PostgresExperimentBookTest extends ExperimentBookContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
