package ferry.cli.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedFilesTest {
  @TempDir private Path home;
  private final AtomicInteger readings = new AtomicInteger();

  @Test
  void whatHasNotChangedIsReadOnce() {
    var remembered = remembered();
    remembered.get();
    assertThat(remembered.get()).isEqualTo(1);
  }

  @Test
  void aFileThatComesIsRead() throws IOException {
    var remembered = remembered();
    Files.writeString(home.resolve("config"), "idle = 1m\n");
    assertThat(remembered.get()).isEqualTo(2);
  }

  @Test
  void aFileThatGoesIsNoticed() throws IOException {
    var config = Files.writeString(home.resolve("config"), "idle = 1m\n");
    var remembered = remembered();
    Files.delete(config);
    assertThat(remembered.get()).isEqualTo(2);
  }

  private RememberedFiles<Integer> remembered() {
    return new RememberedFiles<>(
        List.of(home.resolve("config").toFile(), home.resolve("secrets").toFile()),
        readings::incrementAndGet);
  }
}
