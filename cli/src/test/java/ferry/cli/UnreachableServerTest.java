package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreachableServerTest {
  @TempDir Path home;

  @Test
  void aServerThatCannotStartIsShownWithItsLastLines() throws IOException {
    Files.createDirectories(home.resolve("dist/jvm"));
    Files.writeString(home.resolve("dist/jvm/server"), "-XX:NoSuchOption\n");
    assertThat(Typed.in(home, "runs"))
        .isEqualTo(
            new Typed(
                4,
                "",
                """
                error: the server ended before it answered
                  Unrecognized VM option 'NoSuchOption'
                  Error: Could not create the Java Virtual Machine.
                  Error: A fatal exception has occurred. Program will exit.
                  its log is %s
                """
                    .formatted(home.resolve("server.log"))));
  }

  @Test
  void aStaleServerFileIsNoObstacle() throws IOException {
    Files.writeString(
        home.resolve("server.json"),
        "{\"url\": \"http://127.0.0.1:1\", \"pid\": 1, \"pidStart\": 1, \"token\": \"t\","
            + " \"build\": \"test\"}");
    Files.createDirectories(home.resolve("dist/jvm"));
    Files.writeString(home.resolve("dist/jvm/server"), "-XX:NoSuchOption\n");
    assertThat(Typed.in(home, "runs").err())
        .startsWith("error: the server ended before it answered");
  }

  @Test
  void aHomeThatIsAFileIsRefused() throws IOException {
    var file = Files.writeString(home.resolve("file"), "");
    assertThat(Typed.in(file, "runs"))
        .isEqualTo(
            new Typed(
                4,
                "",
                "error: Ferry's home `"
                    + file
                    + "` cannot be used: it is no directory\n"
                    + "  name a directory that you can write: `export FERRY_HOME=/path`\n"));
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamed() throws IOException {
    Files.createDirectory(home.resolve("server.start"));
    assertThat(Typed.in(home, "runs"))
        .isEqualTo(
            new Typed(
                4,
                "",
                "error: Ferry's home `"
                    + home
                    + "` cannot be written: it is a directory\n"
                    + "  name a directory that you can write: `export FERRY_HOME=/path`\n"));
  }

  @Test
  void anAnswerThatIsNoJsonIsOneSentence() {
    try (var server = FakeServer.in(home).answer("GET /runs?limit=20&trials=false", "<html>")) {
      assertThat(Typed.in(home, "runs"))
          .isEqualTo(
              new Typed(
                  4,
                  "",
                  """
                  error: the server's answer is no JSON that can be read: expected a value at character 1
                    `ferry server stop` and the command again start it anew
                  """));
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void aConnectionThatBreaksAgainAndAgainIsOneSentence() {
    try (var server = FakeServer.in(home).breakOff("POST /runs/latest/stop")) {
      assertThat(Typed.in(home, "stop"))
          .isEqualTo(
              new Typed(
                  4,
                  "",
                  """
                  error: the server went away before it answered (the answer broke off)
                    `ferry doctor` looks for the cause
                  """));
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void anErrorWithoutWordsHasOne() {
    try (var server = FakeServer.in(home).answer("GET /runs?limit=20&trials=false", 500, "")) {
      assertThat(Typed.in(home, "runs").err())
          .startsWith("error: the server answered with status 500 and no explanation\n");
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void nothingByThatNameIsExitStatusThree() {
    try (var server = FakeServer.in(home)) {
      assertThat(Typed.in(home, "show", "nope").status()).isEqualTo(3);
      assertThat(server.asked()).containsExactly("GET /runs/nope?any=true");
    }
  }
}
