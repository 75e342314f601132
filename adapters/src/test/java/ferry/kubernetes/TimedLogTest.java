package ferry.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedLogTest {
  private static final String ONE = "2026-11-23T01:00:00.000000001Z ";
  private static final String TWO = "2026-11-23T01:00:02.5Z ";

  @TempDir Path directory;

  private TimedLog open() throws IOException {
    return new TimedLog(directory, UnaryOperator.identity());
  }

  private static void take(TimedLog log, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    log.take(bytes, bytes.length);
  }

  private Path copy() {
    return directory.resolve("log");
  }

  @Test
  void linesComeWithoutTheirTimes() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b");

      assertThat(copy()).hasContent("a\nb");
      assertThat(log.since()).contains("2026-11-23T01:00:02Z");
    }
  }

  @Test
  void aLogThatIsReadAgainIsNotWrittenTwice() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n" + TWO + "c\n");
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n" + TWO + "c\n" + TWO + "d\n");
    }

    assertThat(copy()).hasContent("a\nb\nc\nd\n");
  }

  @Test
  void anotherServerGoesOnWhereTheLastNoteWas() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n");
    }
    try (var raw = new RandomAccessFile(copy().toFile(), "rw")) {
      raw.seek(raw.length());
      raw.write("half a li".getBytes(UTF_8));
    }

    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n");
    }

    assertThat(copy()).hasContent("a\nb\n");
  }

  @Test
  void aDiskThatLostTheCopyButNotTheNoteIsFilledAgain() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n");
    }
    try (var raw = new RandomAccessFile(copy().toFile(), "rw")) {
      raw.setLength(1);
    }

    try (var log = open()) {
      assertThat(log.since()).isEmpty();
      log.begin();
      take(log, ONE + "a\n" + TWO + "b\n");
    }

    assertThat(copy()).hasContent("a\nb\n");
  }

  @Test
  void aGapIsShownAsAGap() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, ONE + "a\n");
      log.begin();
      take(log, TWO + "c\n");
    }

    assertThat(copy())
        .hasContent(
            "a\n[ferry: lines are missing here; the node had already thrown them away]\nc\n");
  }

  @Test
  void anotherContainersLogIsNoGap() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, TWO + "a\n");
      log.say("again");
      log.beginAnother();
      log.begin();
      take(log, ONE + "b\n");
    }

    assertThat(copy()).hasContent("a\n[ferry: again]\nb\n");
  }

  @Test
  void aWordOfTheNodesOwnIsNoLine() throws IOException {
    try (var log = open()) {
      log.begin();
      take(log, "unable to retrieve container logs for containerd://1\n");

      assertThat(log.isBroken()).isTrue();
    }
    assertThat(copy()).isEmptyFile();
  }

  @Test
  void aSecretIsHidden() throws IOException {
    var mask = new Mask(Map.of("KEY", "über\nsecret"));
    try (var log = new TimedLog(directory, mask::hide)) {
      log.begin();
      take(log, ONE + "key: über\n" + TWO + "secret!\n");
    }

    assertThat(copy()).hasContent("key: ***\n***!\n");
  }

  @Test
  void piecesOfOutputsAreNoLines() throws IOException {
    var piece = Base64.getEncoder().encodeToString("packed".getBytes(UTF_8));
    try (var log = open()) {
      log.begin();
      take(log, ONE + "no line feed" + CarriedOutputs.MARK + "0 " + piece + "\n");
    }

    assertThat(copy()).hasContent("no line feed");
    assertThat(directory.resolve("outputs.tgz")).hasContent("packed");
  }
}
