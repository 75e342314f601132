package ferry.store;

import ferry.engine.Journal;
import ferry.tracking.MetricHistory;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresTrackingTest extends TrackingContract {
  @TempDir private Path home;
  private PostgresHome database;

  @BeforeEach
  void open() {
    database = new PostgresHome(home);
    submit();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  Journal journal() {
    return database.store().journal();
  }

  @Override
  TrackingLog log() {
    return database.store().tracking();
  }

  @Override
  MetricHistory metrics() {
    return database.store().metrics();
  }

  @Override
  TrackedRuns runs() {
    return database.store().tracked();
  }
}
