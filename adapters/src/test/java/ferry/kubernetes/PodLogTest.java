package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodLogTest {
  private static final String PATH = "/api/v1/namespaces/lab/pods/train/log";
  private static final Pod POD =
      new PodBuilder()
          .withNewMetadata()
          .withName("train")
          .withNamespace("lab")
          .endMetadata()
          .withNewSpec()
          .endSpec()
          .build();

  @TempDir Path directory;
  private FakeApi api;
  private TimedLog copy;

  @BeforeEach
  void open() throws IOException {
    api = new FakeApi();
    copy = new TimedLog(directory, line -> line, new LastWord("digits/train/1", _ -> {}));
  }

  @AfterEach
  void close() throws IOException {
    copy.close();
    api.close();
  }

  @Test
  void whatWasOnItsWayFromAPodThatIsGoneIsKept() {
    api.putFollowed(PATH, "2026-01-01T00:00:00Z the last words\n");
    var log = new PodLog(api.client, POD, copy);
    log.follow();
    await().until(() -> api.asked.contains(PATH));

    var end = CompletableFuture.supplyAsync(() -> finish(log));
    await().until(() -> api.asked.size() > 3);
    api.write();

    assertThat(end).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(false);
    assertThat(directory.resolve("log")).hasContent("the last words");
  }

  private static boolean finish(PodLog log) {
    try {
      return log.finish();
    } catch (InterruptedException closed) {
      throw new IllegalStateException(closed);
    }
  }
}
