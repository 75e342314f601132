package ferry.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresRunTableTest extends RunTableContract {
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
  Store store() {
    return database.store();
  }
}
