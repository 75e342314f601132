package ferry.kubernetes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is heard of what is watched: {@link FakeApi} says no word to those who do. */
class WatchedTest {
  private static final String PODS = "/api/v1/namespaces/lab/pods";
  private static final Duration SOON = Duration.ofMillis(30);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private FakeApi api;
  private Cluster cluster;

  @BeforeEach
  void begin(@TempDir Path directory) throws IOException {
    api = new FakeApi();
    cluster = api.cluster(directory);
  }

  @AfterEach
  void end() {
    cluster.close();
    api.close();
  }

  private Watched<Pod> watched(BooleanSupplier isNeeded) {
    return Watched.of(
        cluster,
        cluster.client().pods().inNamespace("lab"),
        pod -> pod.getMetadata().getResourceVersion(),
        new Watched.Hearer<>(
            (pod, isGone) -> told.add(pod.getMetadata().getName() + (isGone ? " gone" : "")),
            _ -> {}),
        new Watched.Looks(isNeeded, SOON, SOON));
  }

  /** Pods by name and version, as in {@code a1}. */
  private void thereAre(String... pods) {
    var items =
        Stream.of(pods)
            .map(pod ->
                """
                {"metadata": {"name": "%1$c", "namespace": "lab", "uid": "%1$c",
                  "resourceVersion": "%2$c"}}\
                """
                    .formatted(pod.charAt(0), pod.charAt(1)))
            .collect(joining(","));
    api.put(
        PODS,
        """
        {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "7"},
          "items": [%s]}
        """
            .formatted(items));
  }

  private int asked() {
    return Collections.frequency(api.asked(), PODS);
  }

  @Test
  void whatASilentWatchMissedIsToldWithinTwoLooks() {
    thereAre("a1", "b1");
    try (var watched = watched(() -> true)) {
      await().until(() -> told.containsAll(List.of("a", "b")));
      told.clear();

      thereAre("a2", "c1");

      await().untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("a", "b gone", "c"));
      assertThat(watched.of("2")).hasSize(1);
    }
  }

  @Test
  void aWatchThatHasNothingToTellIsLeftAlone() {
    thereAre("a1");
    try (var watched = watched(() -> true)) {
      await().until(() -> told.contains("a") && asked() > 8);

      assertThat(told).containsExactly("a");
      assertThat(watched.of("1")).hasSize(1);
    }
  }

  @Test
  void nobodyIsAskedWhereNobodyWaits() {
    thereAre("a1");
    try (var _ = watched(() -> false)) {
      await().until(() -> told.contains("a"));
      int before = asked();

      await().during(SOON.multipliedBy(5)).until(() -> asked() <= before + 1);
    }
  }
}
