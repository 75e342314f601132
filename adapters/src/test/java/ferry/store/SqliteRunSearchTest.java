package ferry.store;

import ferry.tracking.RunGroups;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunSearchTest extends RunSearchContract {
  @TempDir private Path home;
  private SqliteStore store;

  @BeforeEach
  void openStore() {
    store = SqliteStore.open(home);
    open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  TrackedRuns runs() {
    return store.tracked();
  }

  @Override
  TrackingLog log() {
    return store.tracking();
  }

  @Override
  RunGroups groups() {
    return store.groups();
  }
}
