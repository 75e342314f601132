package ferry.cli.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.run.AttemptId;
import ferry.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCopiesTest {
  private static final RunId FROM = new RunId("digits-aaaaa-1");
  private static final RunId TO = new RunId("digits-aaaaa-2");

  @TempDir private Path home;

  @Test
  void checkpointsOfEachStepAreHandedOn() throws IOException {
    write("digits-aaaaa-1/train/checkpoint/epoch", "3");
    write("digits-aaaaa-2/train/checkpoint/stale", "1");

    new RunCopies(home).handOn(FROM, TO);

    assertThat(home.resolve("runs/digits-aaaaa-2/train/checkpoint/epoch")).hasContent("3");
    assertThat(home.resolve("runs/digits-aaaaa-2/train/checkpoint/stale")).doesNotExist();
  }

  @Test
  void thoseThatPodsKeepInTheirCopyBecomeTheNextRuns() throws IOException {
    write("digits-aaaaa-1/.code/.ferry/checkpoints/digits-aaaaa-1/train/epoch", "3");

    new RunCopies(home).handOn(FROM, TO);

    assertThat(
            home.resolve("runs/digits-aaaaa-2/.code/.ferry/checkpoints/digits-aaaaa-2/train/epoch"))
        .hasContent("3");
  }

  @Test
  void checkpointsThatAreDroppedAreGoneAndNothingElse() throws IOException {
    write("digits-aaaaa-1/train/checkpoint/epoch", "3");
    write("digits-aaaaa-1/train/1/log", "accuracy=0.9\n");
    write("digits-aaaaa-1/.code/checkpoint/model", "theirs");

    assertThat(new RunCopies(home).dropCheckpoints(FROM)).isTrue();
    assertThat(new RunCopies(home).dropCheckpoints(TO)).isFalse();

    assertThat(home.resolve("runs/digits-aaaaa-1/train/checkpoint")).doesNotExist();
    assertThat(home.resolve("runs/digits-aaaaa-1/train/1/log")).exists();
    assertThat(home.resolve("runs/digits-aaaaa-1/.code/checkpoint/model")).exists();
  }

  @Test
  void aDirectoryOfTheCodeThatIsCalledLikeThemIsNone() throws IOException {
    write("digits-aaaaa-1/.code/checkpoint/model", "theirs");

    new RunCopies(home).handOn(FROM, TO);

    assertThat(home.resolve("runs/digits-aaaaa-2/.code/checkpoint")).doesNotExist();
  }

  @Test
  void whatIsKnownOfACopyIsKeptUntilItIsForgotten() throws IOException {
    var copies = new RunCopies(home);
    copies.emptyDirectory(FROM);
    copies.keepBrought(FROM, "a table");
    assertThat(new RunCopies(home).brought(FROM)).contains("a table");
    copies.forgetBrought(FROM);
    assertThat(copies.brought(FROM)).isEmpty();
    assertThat(copies.brought(TO)).isEmpty();
  }

  @Test
  void whatIsSaidOfAnAttemptIsTheLastLineOfItsLog() throws IOException {
    write("digits-aaaaa-1/train/1/log", "accuracy=0.9\n");
    new RunCopies(home).say(new AttemptId(FROM, "train", 1), "ferry: so it is");
    new RunCopies(home).say(new AttemptId(TO, "train", 1), "it never began");
    assertThat(home.resolve("runs/digits-aaaaa-1/train/1/log"))
        .hasContent("accuracy=0.9\nferry: so it is\n");
    assertThat(home.resolve("runs/digits-aaaaa-2")).doesNotExist();
  }

  @Test
  void theFileThatATrialIsToWriteIsNotThereBeforeItBegins() throws IOException {
    write("digits-aaaaa-1/.code/out/metrics.log", "accuracy=0.99\n");
    var copies = new RunCopies(home);

    copies.clear(copies.directory(FROM), "out/metrics.log");
    copies.clear(copies.directory(FROM), "none/metrics.log");

    assertThat(home.resolve("runs/digits-aaaaa-1/.code/out")).isEmptyDirectory();
  }

  @Test
  void aFileBehindALinkIsNotDeletedButRefused() throws IOException {
    write("shared/metrics.log", "accuracy=0.99\n");
    write("digits-aaaaa-1/.code/train.py", "");
    var copies = new RunCopies(home);
    Files.createSymbolicLink(
        copies.directory(FROM).resolve("out"), home.resolve("runs/shared").toAbsolutePath());

    assertThatThrownBy(() -> copies.clear(copies.directory(FROM), "out/metrics.log"))
        .hasMessage("`out/metrics.log` lies in a directory that all trials share by a link");

    assertThat(home.resolve("runs/shared/metrics.log")).exists();
  }

  private void write(String file, String text) throws IOException {
    var path = home.resolve("runs").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
