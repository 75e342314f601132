package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant YESTERDAY = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path home;

  private void lay(String run, String file) throws IOException {
    var path = home.resolve("runs").resolve(run).resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
    Files.setLastModifiedTime(home.resolve("runs").resolve(run), FileTime.from(LONG_AGO));
  }

  @Test
  void whatASubmissionLeftThatNeverBecameARunIsFound() throws IOException {
    lay("digits-aaaaa", "environment");
    lay("digits-bbbbb", ".code/train.py");

    assertThat(new FileHome(home).runFiles().barelyBegun(YESTERDAY))
        .containsExactlyInAnyOrder(new RunId("digits-aaaaa"), new RunId("digits-bbbbb"));
  }

  @Test
  void aDirectoryWithLogsIsLeftAloneWhoeverItBelongsTo() throws IOException {
    lay("digits-aaaaa", "environment");
    lay("digits-aaaaa", "train/1/log");
    lay("no run's name", "environment");

    assertThat(new FileHome(home).runFiles().barelyBegun(YESTERDAY)).isEmpty();
  }

  @Test
  void whatWasTouchedLaterMayBeOfARunThatIsJustBeingSubmitted() throws IOException {
    lay("digits-aaaaa", "environment");

    assertThat(new FileHome(home).runFiles().barelyBegun(LONG_AGO)).isEmpty();
  }
}
