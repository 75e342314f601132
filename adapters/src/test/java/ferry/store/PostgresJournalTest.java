package ferry.store;

import ferry.engine.Journal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresJournalTest extends JournalContract {
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
  Journal journal() {
    return database.store().journal();
  }

  @Override
  Journal afterRestart() {
    return database.restart().journal();
  }
}
