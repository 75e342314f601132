package ferry.store;

import java.nio.file.Path;

class SqliteTrackingTest extends TrackingContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }
}
