package ferry.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresKeepingTest extends KeepingContract {
  @TempDir private Path home;
  private PostgresHome database;

  @BeforeEach
  void open() {
    database = new PostgresHome(home);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  Store store() {
    return database.store();
  }

  @Override
  Path home() {
    return home;
  }

  @Override
  void restart() {
    database.restart();
  }
}
