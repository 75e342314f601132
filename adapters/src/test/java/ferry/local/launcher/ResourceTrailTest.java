package ferry.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceTrailTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;

  private List<String> sampled() throws IOException {
    return Files.readAllLines(directory.resolve("resources")).stream()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .toList();
  }

  @Test
  void aSampleIsTakenEveryTwoSecondsWithTheShareOfAProcessorSinceTheOneBefore() throws Exception {
    var trail = new ResourceTrail(directory.toString(), 0);

    trail.take(SECOND, 100, 10);
    trail.take(2 * SECOND, 200, 20);
    trail.take(3 * SECOND, 210, 30);
    trail.take(4 * SECOND, 300, 40);

    assertThat(sampled()).containsExactly("1000 20", "500 40");
  }

  @Test
  void processesThatWentTakeNothingBack() throws Exception {
    var trail = new ResourceTrail(directory.toString(), 0);

    trail.take(2 * SECOND, 200, 20);
    trail.take(4 * SECOND, 50, 10);

    assertThat(sampled()).containsExactly("1000 20", "0 10");
  }

  @Test
  void processesThatHaveEndedAreNoSample() throws Exception {
    var trail = new ResourceTrail(directory.toString(), 0);

    trail.take(2 * SECOND, 200, 20);
    trail.take(4 * SECOND, 300, 0);

    assertThat(sampled()).containsExactly("1000 20");
  }

  @Test
  void aFullFileLosesEveryOtherLineAndThePauseDoubles() throws Exception {
    var trail = new ResourceTrail(directory.toString(), 0);
    take(trail, 1, 601);

    assertThat(sampled())
        .hasSize(301)
        .startsWith("1000 2", "1000 4")
        .endsWith("1000 600", "1000 601");

    trail.take(1204 * SECOND, 120_400, 602);
    trail.take(1206 * SECOND, 120_600, 603);

    assertThat(sampled()).hasSize(302).endsWith("1000 603");
  }

  private static void take(ResourceTrail trail, int first, int last) {
    for (int i = first; i <= last; i++) {
      trail.take(2L * i * SECOND, 200L * i, i);
    }
  }

  @Test
  void aDirectoryThatIsGoneCostsTheSamplesAndNothingElse() {
    var trail = new ResourceTrail(directory.resolve("gone").toString(), 0);

    trail.take(2 * SECOND, 200, 20);
    trail.take(4 * SECOND, 200, 20);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whoGoesOnWithAFileCountsItsLines() throws Exception {
    var file = directory.resolve("resources");
    Files.writeString(file, "1 1 1\n".repeat(TrailFile.MOST_LINES));

    new TrailFile(file.toFile(), SECOND).write(2, 2, 2);

    assertThat(Files.readAllLines(file)).hasSize(301).endsWith("2 2 2");
  }
}
