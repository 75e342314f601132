package ferry.store;

import java.nio.file.Path;

class PostgresTrackingTest extends TrackingContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
