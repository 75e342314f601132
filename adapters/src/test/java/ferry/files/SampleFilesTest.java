package ferry.files;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.AttemptPath;
import ferry.tracking.ResourceSamples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFilesTest {
  private static final AttemptId TRAIN = new AttemptId(new RunId("digits-aaaaa"), "train[a/b]", 1);

  @TempDir private Path home;

  private void write(String file, String text) throws IOException {
    var directory = Files.createDirectories(AttemptPath.of(home, TRAIN));
    Files.writeString(directory.resolve(file), text);
  }

  private List<Sample> samples() {
    return new SampleFiles(home).of(TRAIN);
  }

  private static Sample plain(long at, double percent, long bytes) {
    var none = OptionalDouble.empty();
    return new Sample(Instant.ofEpochMilli(at), percent, bytes, none, OptionalLong.empty());
  }

  private static Sample withGpu(long at, double gpu, long gpuBytes) {
    return new Sample(
        Instant.ofEpochMilli(at), 100, 1, OptionalDouble.of(gpu), OptionalLong.of(gpuBytes));
  }

  @Test
  void eachLineIsASampleAndOneThatIsStillBeingWrittenIsNot() throws IOException {
    write("resources", "2000 995 4096\n4000 1500 8192\n6000 10");

    assertThat(samples()).containsExactly(plain(2000, 99.5, 4096), plain(4000, 150, 8192));
  }

  @Test
  void whereNothingWasWatchedThereIsNone() throws IOException {
    assertThat(samples()).isEmpty();

    write("resources", "");

    assertThat(samples()).isEmpty();
  }

  @Test
  void aLineThatIsNoSampleIsPassedOver() throws IOException {
    write("resources", "2000 -1 5\nnothing\n\n4000 10 99999999999999999999\n6000 10 5\n");

    assertThat(samples()).containsExactly(plain(6000, 1, 5));
  }

  @Test
  void ofTheGpusTheNearestSampleCountsUpToTenSecondsAway() throws IOException {
    write("resources", "2000 1000 1\n30000 1000 1\n60000 1000 1\n");
    write("resources.gpu", "5000 700 512\n");

    assertThat(samples())
        .containsExactly(withGpu(2000, 70, 512), plain(30_000, 100, 1), plain(60_000, 100, 1));
  }

  @Test
  void samplesOfGpusThatLieFartherApartStandForMoreOfTheTime() throws IOException {
    write("resources", "100000 1000 1\n130000 1000 1\n160000 1000 1\n");
    write("resources.gpu", "80000 100 1\n120000 200 2\n160000 300 3\n");

    assertThat(samples())
        .containsExactly(withGpu(100_000, 20, 2), withGpu(130_000, 30, 3), withGpu(160_000, 30, 3));
  }
}
