package ferry.store;

import ferry.engine.Journal;
import ferry.tracking.MetricHistory;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteTrackingTest extends TrackingContract {
  @TempDir private Path home;
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(home);
    submit();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  Journal journal() {
    return store.journal();
  }

  @Override
  TrackingLog log() {
    return store.tracking();
  }

  @Override
  MetricHistory metrics() {
    return store.metrics();
  }

  @Override
  TrackedRuns runs() {
    return store.tracked();
  }
}
