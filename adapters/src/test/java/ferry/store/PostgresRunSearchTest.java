package ferry.store;

import ferry.tracking.RunGroups;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresRunSearchTest extends RunSearchContract {
  @TempDir private Path home;
  private PostgresHome database;

  @BeforeEach
  void openStore() {
    database = new PostgresHome(home);
    open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  TrackedRuns runs() {
    return database.store().tracked();
  }

  @Override
  TrackingLog log() {
    return database.store().tracking();
  }

  @Override
  RunGroups groups() {
    return database.store().groups();
  }
}
