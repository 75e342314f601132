package ferry.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFileTest {
  private static final String FIELDS = " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21\n";

  @TempDir Path home;

  private static byte[] stat(String beginning) {
    return (beginning + FIELDS).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aProcessIsKnownByWhenItStarted() {
    assertThat(ServerFile.started(stat("12 (java) S"))).isEqualTo(4711);
    assertThat(ServerFile.started(stat("12 (a) b) c) R"))).isEqualTo(4711);
  }

  @Test
  void aDeadProcessThatNobodyReapedIsDead() {
    assertThat(ServerFile.started(stat("12 (java) Z"))).isEqualTo(-1);
  }

  @Test
  void whatIsNoStatIsNoProcess() {
    assertThat(ServerFile.started(new byte[0])).isEqualTo(-1);
    assertThat(ServerFile.started("12 (java) S 1 2".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(-1);
  }

  @Test
  void aFileThatCannotBeReadIsNoServer() throws IOException {
    assertThat(ServerFile.read(home)).isEmpty();
    Files.writeString(home.resolve("server.json"), "{\"url\": \"http://127.0.0.1:99999\"}");
    assertThat(ServerFile.read(home)).isEmpty();
    Files.writeString(home.resolve("server.json"), "{\"url\": \"ftp://x:1\"}");
    assertThat(ServerFile.read(home)).isEmpty();
    Files.writeString(home.resolve("server.json"), "not json");
    assertThat(ServerFile.read(home)).isEmpty();
  }

  @Test
  void anotherProcessWithItsPidIsNotTheServer() throws IOException {
    Files.writeString(
        home.resolve("server.json"),
        "{\"url\": \"http://127.0.0.1:80\", \"pid\": %d, \"pidStart\": 1}"
            .formatted(ProcessHandle.current().pid()));
    assertThat(ServerFile.read(home))
        .hasValueSatisfying(file -> assertThat(file.isAlive()).isFalse());
  }

  @Test
  void aServerOfAnotherUserIsSentNothing() throws IOException {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
    var file = Files.writeString(home.resolve("server.json"), "{}");
    Files.setAttribute(file, "unix:uid", 65_534);

    assertThatThrownBy(() -> ServerFile.read(home))
        .hasMessageContaining("server.json belongs to another user (uid 65534)");
  }
}
