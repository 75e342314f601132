package ferry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Besides, dumps of older Ferrys. */
class SqliteDumpTest extends DumpContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }

  @Test
  void aDumpOfAnOlderSchemaIsBroughtUpToDate() throws IOException {
    var old = directory().resolve("old.db");
    var dump = new ByteArrayOutputStream();
    try (var database = new SqliteDatabase(old, new StoreFailure(directory(), old), () -> {})) {
      new Migrations(old.toString(), Migrations.KNOWN.subList(0, 4)).apply(database);
      new TableDump(database).to(dump);
    }
    var restored = Files.createDirectory(directory().resolve("restored"));

    SqliteStore.restore(restored, new ByteArrayInputStream(dump.toByteArray()));

    try (var store = SqliteStore.open(restored)) {
      assertThat(store.groups().all()).hasSize(1);
    }
  }
}
