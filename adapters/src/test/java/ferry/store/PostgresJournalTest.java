package ferry.store;

import java.nio.file.Path;

class PostgresJournalTest extends JournalContract {
  @Override
  StoreHome open(Path directory) {
    return new PostgresHome(directory);
  }
}
