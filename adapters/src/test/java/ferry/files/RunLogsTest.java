package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.AttemptPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogsTest {
  private static final AttemptId ATTEMPT = new AttemptId(new RunId("hello-aaaaa"), "train[a/b]", 1);

  @TempDir Path home;
  RunLogs logs;
  Path log;

  @BeforeEach
  void layOut() throws IOException {
    logs = new RunLogs(home);
    log = AttemptPath.log(home, ATTEMPT);
    Files.createDirectories(log.getParent());
  }

  private String text(long from) {
    return new String(logs.read(ATTEMPT, from, 1000).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aPartIsReadWithoutWhatComesBefore() throws IOException {
    Files.writeString(log, "one\ntwo\nthree\n");
    assertThat(text(4)).isEqualTo("two\nthree\n");
    assertThat(logs.read(ATTEMPT, 4, 3).next()).isEqualTo(7);
    assertThat(logs.read(ATTEMPT, 14, 100).isEmpty()).isTrue();
    assertThat(logs.read(ATTEMPT, 99, 100).next()).isEqualTo(99);
  }

  @Test
  void theTailOfAGigabyteIsFoundFromItsEnd() throws IOException {
    try (var file = new java.io.RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(1L << 30);
      file.seek(1L << 30);
      file.write("\none\ntwo\nthree".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(text(logs.startOfTail(ATTEMPT, 2))).isEqualTo("two\nthree");
    assertThat(text(logs.startOfTail(ATTEMPT, 3))).isEqualTo("one\ntwo\nthree");
    assertThat(logs.startOfTail(ATTEMPT, 4)).isGreaterThan((1L << 30) - (5L << 20));
  }

  @Test
  void aLogThatIsNotThereYetIsEmpty() {
    var other = new AttemptId(new RunId("hello-bbbbb"), "x", 1);
    assertThat(logs.size(other)).isZero();
    assertThat(logs.startOfTail(other, 10)).isZero();
    assertThat(logs.read(other, 0, 10).isEmpty()).isTrue();
  }

  @Test
  void waitingEndsWithWhatCameMeanwhile() throws Exception {
    var writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Files.writeString(log, "late\n");
              } catch (IOException trouble) {
                throw new AssertionError(trouble);
              }
            });
    var part = logs.await(ATTEMPT, 0, 100, Duration.ofMinutes(1));
    writer.join();
    assertThat(part.isEmpty()).isFalse();
  }
}
