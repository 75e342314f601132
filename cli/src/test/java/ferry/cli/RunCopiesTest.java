package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
  void aDirectoryOfTheCodeThatIsCalledLikeThemIsNone() throws IOException {
    write("digits-aaaaa-1/.code/checkpoint/model", "theirs");

    new RunCopies(home).handOn(FROM, TO);

    assertThat(home.resolve("runs/digits-aaaaa-2/.code/checkpoint")).doesNotExist();
  }

  private void write(String file, String text) throws IOException {
    var path = home.resolve("runs").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
