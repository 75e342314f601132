package ferry.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunTableTest extends RunTableContract {
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
  Store store() {
    return store;
  }
}
