package ferry.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
  @TempDir Path home;

  @Test
  void theServersOwnErrorIsTheError() throws IOException {
    var log =
        Files.writeString(
            home.resolve("server.log"),
            """
            error: an old one
            12:00 starting
            error: the home is in use by a server on host b (process 7)
              end it there, or name another home: `export FERRY_HOME=/path`
            12:01 ended
            """);
    var failure = LastWords.of(log, 17);
    assertThat(failure.message()).isEqualTo("the home is in use by a server on host b (process 7)");
    assertThat(failure.help())
        .containsExactly("end it there, or name another home: `export FERRY_HOME=/path`");
    assertThat(failure.exitCode()).isEqualTo(4);
  }

  @Test
  void whatWasLoggedBeforeIsNotTold() throws IOException {
    var log = Files.writeString(home.resolve("server.log"), "error: an old one\n");
    assertThat(LastWords.of(log, 18).message()).isEqualTo("the server ended before it answered");
  }
}
