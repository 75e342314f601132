package ferry.store;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {
  @TempDir private Path home;

  @RepeatedTest(2)
  void whatAKilledProcessHadAcknowledgedIsThere() throws Exception {
    var acknowledged = new ArrayList<String>();
    for (int life = 1; life <= 3; life++) {
      try (var process = Appending.start(home)) {
        acknowledged.addAll(process.acknowledged(20 * life));
        acknowledged.addAll(process.kill());
      }
    }

    try (var store = SqliteStore.open(home)) {
      assertThat(store.journal().unfinished())
          .extracting(RunId::value)
          .containsSubsequence(acknowledged)
          .allSatisfy(id -> {
            assertThat(store.journal().plan(new RunId(id))).isPresent();
            assertThat(store.journal().events(new RunId(id))).hasSize(1);
            assertThat(home.resolve("runs/" + id + "/environment")).exists();
          });
      assertThat(Files.size(home.resolve("ferry.db"))).isPositive();
    }
  }
}
