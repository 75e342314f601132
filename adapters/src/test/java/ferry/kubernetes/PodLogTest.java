package ferry.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodLogTest {
  private static final String PATH = "/api/v1/namespaces/lab/pods/train/log";
  private static final String AT = "2026-01-01T00:00:00Z ";
  private static final String DELETED =
      "the end of the log may be missing: the node has deleted it";
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

    assertThat(end).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(DELETED);
    assertThat(directory.resolve("log")).hasContent("the last words");
  }

  @Test
  void whileTheClusterIsAwayTheEndOfALogIsNotGivenUp() throws Exception {
    api.put(PATH, "2026-01-01T00:00:00Z the last words\n");
    api.goAway();
    var log = new PodLog(api.client, POD, copy, Duration.ofMillis(100));

    var end = CompletableFuture.supplyAsync(() -> finish(log));
    Thread.sleep(Duration.ofSeconds(4));
    assertThat(end).isNotDone();
    api.comeBack();

    assertThat(end).succeedsWithin(Duration.ofMinutes(1)).isEqualTo("");
    assertThat(directory.resolve("log")).hasContent("the last words");
  }

  @Test
  void whatANodeDoesNotGiveIsNotSaidToBeDeleted() {
    api.forbid(PATH);

    assertThat(finish(new PodLog(api.client, POD, copy, Duration.ofSeconds(1))))
        .isEqualTo(
            "the end of the log may be missing: the cluster did not give it for 1 s:"
                + " it may not be read, the cluster answers 403");
  }

  @Test
  void aLineOfMoreThanAMebibyteIsCutAndSaysSo() throws IOException {
    var line = "x".repeat(3 << 20);
    var piece =
        "\u001eferry-output 0 " + Base64.getEncoder().encodeToString("packed".getBytes(UTF_8));
    api.put(PATH, AT + "before\n" + AT + line + piece + "\n" + AT + "after\n");

    assertThat(finish(new PodLog(api.client, POD, copy))).isEmpty();

    int kept = (1 << 20) - AT.length();
    assertThat(directory.resolve("log"))
        .hasContent(
            "before\n"
                + line.substring(0, kept)
                + "\n[ferry: the line above is longer than 1 MiB; its rest is left out]\nafter\n");
    assertThat(directory.resolve("outputs.tgz")).hasContent("packed");
  }

  @Test
  void aSecretThatBeginsBeforeTheCutOfALineIsHidden() throws IOException {
    int kept = (1 << 20) - AT.length();
    api.put(PATH, AT + "x".repeat(kept - 5) + "tiger-7781" + "x".repeat(1 << 20) + "\n");

    var mask = new Mask(Map.of("TOKEN", "tiger-7781"));
    try (var masking =
        new TimedLog(directory, mask::hide, new LastWord("digits/train/1", _ -> {}))) {
      assertThat(finish(new PodLog(api.client, POD, masking))).isEmpty();
    }

    assertThat(Files.readString(directory.resolve("log")))
        .doesNotContain("tiger")
        .contains("x\n[ferry: the line above is longer than 1 MiB; its rest is left out]\n");
  }

  private static String finish(PodLog log) {
    try {
      return log.finish().orElse("");
    } catch (InterruptedException closed) {
      throw new IllegalStateException(closed);
    }
  }
}
