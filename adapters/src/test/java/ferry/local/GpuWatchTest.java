package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.AttemptPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuWatchTest {
  private static final AttemptId TRAIN = new AttemptId(new RunId("digits-aaaaa"), "train[a/b]", 2);
  private static final AttemptId TEST = new AttemptId(new RunId("digits-aaaaa"), "test", 1);

  @TempDir private Path home;

  /** A program that says what NVIDIA's would of three GPUs, the last of which tells nothing. */
  private Gpus gpus(Map<String, String> environment) throws IOException {
    var program = home.resolve("nvidia-smi");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case "$1 $2" in
          "--query-gpu=index --format=csv,noheader") printf '0\\n1\\n2\\n' ;;
          "--query-gpu=index,uuid,utilization.gpu,memory.used --format=csv,noheader,nounits")
            echo "0, GPU-8f6d2a51-0000, 37, 1024"
            echo "1, GPU-1b2c3d4e-0000, 63, 2048"
            echo "2, GPU-77777777-0000, [N/A], [N/A]" ;;
          *) exit 6 ;;
        esac
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(AttemptPath.of(home, TRAIN));
    Files.createDirectories(AttemptPath.of(home, TEST));
    return Gpus.find(environment);
  }

  private void sample(Gpus gpus) {
    var clock = Clock.fixed(Instant.ofEpochMilli(5000), ZoneOffset.UTC);
    new GpuWatch(home, gpus, gpus.smi().orElseThrow(), clock).sample();
  }

  private Path trail(AttemptId attempt) {
    return AttemptPath.of(home, attempt).resolve("resources.gpu");
  }

  @Test
  void anAttemptIsToldWhatItsOwnGpusDoAddedUp() throws Exception {
    var gpus = gpus(Map.of("PATH", "/nowhere:" + home, "FERRY_GPUS", "0,1,2"));
    gpus.take(TRAIN, 2);

    sample(gpus);

    assertThat(trail(TRAIN)).hasContent("5000 1000 3221225472\n");
    assertThat(trail(TEST)).doesNotExist();
  }

  @Test
  void gpusAreKnownByTheBeginningOfTheirUuidToo() throws Exception {
    var gpus = gpus(Map.of("PATH", home.toString(), "CUDA_VISIBLE_DEVICES", "GPU-1b2c,GPU-8f6d"));
    gpus.take(TEST, 1);

    sample(gpus);

    assertThat(trail(TEST)).hasContent("5000 630 2147483648\n");
  }

  @Test
  void aGpuThatDoesNotTellHasNoSamplesNorHasOneThatWasGivenBack() throws Exception {
    var gpus = gpus(Map.of("PATH", home.toString(), "FERRY_GPUS", "2,0"));
    gpus.take(TRAIN, 1);
    gpus.take(TEST, 1);
    gpus.release(TEST);

    sample(gpus);

    assertThat(trail(TRAIN)).doesNotExist();
    assertThat(trail(TEST)).doesNotExist();
  }

  @Test
  void anAttemptThatAskedForNoneIsToldWhatThoseDoThatNobodyWasGiven() throws Exception {
    var gpus = gpus(Map.of("PATH", home.toString(), "FERRY_GPUS", "0,1,2"));
    gpus.take(TEST, 1);
    gpus.share(TRAIN, Map.of());

    sample(gpus);

    assertThat(trail(TEST)).hasContent("5000 370 1073741824\n");
    assertThat(trail(TRAIN)).hasContent("5000 630 2147483648\n");
  }

  @Test
  void anAttemptThatSeesNoGpuHasNoSamples() throws Exception {
    var gpus = gpus(Map.of("PATH", home.toString(), "FERRY_GPUS", "0,1,2"));
    gpus.share(TRAIN, Map.of("CUDA_VISIBLE_DEVICES", ""));

    sample(gpus);

    assertThat(trail(TRAIN)).doesNotExist();
  }

  @Test
  void withoutTheProgramNothingIsWatched() throws Exception {
    assertThat(gpus(Map.of("PATH", "/nowhere", "FERRY_GPUS", "1")).smi()).isEmpty();
  }
}
