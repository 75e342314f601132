package ferry.store;

import ferry.engine.Journal;
import ferry.tracking.RunCatalog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunCatalogTest extends RunCatalogContract {
  @TempDir private Path home;
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(home);
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
  RunCatalog runs() {
    return store.runs();
  }
}
