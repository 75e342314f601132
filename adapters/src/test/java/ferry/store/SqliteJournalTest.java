package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.engine.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {
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
  Journal afterRestart() {
    store.close();
    store = SqliteStore.open(home);
    return store.journal();
  }

  @Test
  void anEnvironmentLiesInAFileThatOnlyItsUserReadsAndNeverInTheDatabase() throws IOException {
    journal().append(List.of(submitted(plan("hello-bbbbb", NOON))));

    var environment = home.resolve("runs/hello-bbbbb/environment");
    assertThat(Files.readString(environment))
        .contains("HF_TOKEN=a=b\nc\0")
        .contains("HOME=/home/ada\0");
    assertThat(Files.getPosixFilePermissions(environment)).hasSize(2);
    assertThat(Files.getPosixFilePermissions(environment.getParent())).hasSize(3);
    afterRestart();
    assertThat(Files.readAllBytes(home.resolve("ferry.db")))
        .asString(java.nio.charset.StandardCharsets.ISO_8859_1)
        .contains("hello-bbbbb")
        .doesNotContain("HF_TOKEN");
  }

  @Test
  void aRunWhoseEnvironmentIsGoneSaysSoAndIsShownAllTheSame() throws IOException {
    var plan = plan("hello-bbbbb", NOON);
    journal().append(List.of(submitted(plan)));
    Files.delete(home.resolve("runs/hello-bbbbb/environment"));

    assertThatThrownBy(() -> journal().plan(plan.id()))
        .hasMessageStartingWith("the environment of run `hello-bbbbb` is gone: ");
    assertThat(store.runs().find(plan.id())).isPresent();
  }

  @Test
  void aRunThatWasRefusedLeavesNoFile() {
    var taken = submitted(plan("hello-bbbbb", NOON));
    journal().append(List.of(taken));
    var other = submitted(plan("hello-ccccc", NOON));

    assertThatThrownBy(() -> journal().append(List.of(other, taken))).isNotNull();

    assertThat(home.resolve("runs")).isDirectoryNotContaining("glob:**/hello-ccccc");
    assertThat(home.resolve("runs/hello-bbbbb/environment")).exists();
  }
}
