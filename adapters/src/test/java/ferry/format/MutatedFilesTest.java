package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ferry.cron.CronTimes;
import ferry.error.UserException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Good files with something broken in them: a workflow or an error in words comes out, nothing
 * else.
 */
class MutatedFilesTest {
  private static final int SEEDS = 8_000;
  private static final List<String> GOOD =
      List.of("digits.yaml", "anchors.yaml", "jupyterflow.yaml").stream()
          .map(Examples::text)
          .toList();

  private final WorkflowFiles files = new WorkflowFiles(new CronTimes(), ZoneOffset.UTC);

  @Test
  void nothingButAWorkflowOrAnErrorInWordsComesOut() {
    assertTimeoutPreemptively(
        Duration.ofMinutes(2), () -> new Random(0).ints(SEEDS).forEach(this::readMutated));
  }

  private void readMutated(int seed) {
    var random = new Random(seed);
    var text = GOOD.get(random.nextInt(GOOD.size()));
    int mutations = 1 + random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      text = Mutation.of(text, random);
    }
    try {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      files.read("ferry.yaml", WorkflowFiles.decode("ferry.yaml", bytes), Map.of());
    } catch (UserException e) {
      assertThat(Shown.error(e))
          .as("seed %d", seed)
          .startsWith("error: ")
          .doesNotContain("snakeyaml");
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + " of:\n" + text, e);
    }
  }
}
