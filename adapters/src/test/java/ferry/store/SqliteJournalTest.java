package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteJournalTest extends JournalContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }

  @Test
  void anEnvironmentLiesInAFileThatOnlyItsUserReadsAndNeverInTheDatabase() throws IOException {
    store().journal().append(List.of(submitted(plan("hello-bbbbb", NOON))));

    var environment = directory().resolve("runs/hello-bbbbb/environment");
    assertThat(Files.readString(environment))
        .contains("HF_TOKEN=a=b\nc\0")
        .contains("HOME=/home/ada\0");
    assertThat(Files.getPosixFilePermissions(environment)).hasSize(2);
    assertThat(Files.getPosixFilePermissions(environment.getParent())).hasSize(3);
    restart();
    assertThat(Files.readAllBytes(directory().resolve("ferry.db")))
        .asString(java.nio.charset.StandardCharsets.ISO_8859_1)
        .contains("hello-bbbbb")
        .doesNotContain("HF_TOKEN");
  }
}
