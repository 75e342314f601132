package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptPortTest {
  @TempDir private Path home;

  @Test
  void aServerFindsThePortOfTheOneBeforeIt() {
    KeptPort.keep(home, 41_513);

    assertThat(KeptPort.of(home)).isEqualTo(41_513);

    KeptPort.keep(home, 80);

    assertThat(KeptPort.of(home)).isEqualTo(80);
    assertThat(home.resolve("port")).hasContent("80\n");
  }

  @Test
  void theFirstServerTakesAnyPort() {
    assertThat(KeptPort.of(home)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "port", "-1", "65536", "123456", "80 81", "0x50"})
  void aFileThatNamesNoPortSaysNothing(String text) throws IOException {
    Files.writeString(home.resolve("port"), text);

    assertThat(KeptPort.of(home)).isZero();
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamed() {
    var gone = home.resolve("gone");

    assertThatThrownBy(() -> KeptPort.keep(gone, 80))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("gone");
  }
}
