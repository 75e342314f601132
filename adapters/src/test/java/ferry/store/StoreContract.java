package ferry.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What is true of every store is said once, and holds on each database: a home for each test. */
abstract class StoreContract {
  @TempDir private Path directory;
  private StoreHome home;

  /** A new home with an empty database. */
  abstract StoreHome open(Path directory);

  @BeforeEach
  void openHome() {
    home = open(directory);
  }

  @AfterEach
  void closeHome() {
    home.close();
  }

  /** The same one until {@link #restart}. */
  final Store store() {
    return home.store();
  }

  final Store restart() {
    return home.restart();
  }

  final StoreHome home() {
    return home;
  }

  final Path directory() {
    return directory;
  }
}
