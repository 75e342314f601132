package ferry.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hundred runs at once ask of a cluster, and of the machine that the server is on. */
class ManyRunsTest {
  private static final int RUNS = 100;

  private ImitatedCluster cluster;

  private ContractPlace place;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    cluster = ImitatedCluster.ofVersion("28");
    place = KubernetesBackendTest.open(directory, cluster.kubeconfig(directory));
  }

  @AfterEach
  void end() throws Exception {
    if (place != null) {
      place.close();
    }
    cluster.close();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  private void submitAll() {
    IntStream.range(0, RUNS).forEach(_ -> place.oneLiner("a: echo hello"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> cluster.all("batch/v1", "Job").size(), Integer.valueOf(RUNS)::equals);
  }

  @Test
  void theyUseOneClientAndFewThreads() {
    var before = threads();

    submitAll();

    var made = new HashSet<>(threads());
    made.removeAll(before);
    assertThat(made).hasSizeLessThan(40);
    assertThat(made)
        .extracting(Thread::getName)
        .filteredOn(name -> name.matches("HttpClient-\\d+-SelectorManager"))
        .hasSize(1);
  }

  @Test
  void requestsAreBoundedBySecond() {
    submitAll();

    assertThat(cluster.asked.size()).isLessThan(10 * RUNS);
    var asked = List.copyOf(cluster.asked);
    assertThat(IntStream.range(0, asked.size())).allMatch(index -> isNotBefore(asked, index));
  }

  /**
   * {@code Pace} lets 200 go at once, and 100 a second; the first request may have taken a second
   * itself.
   */
  private static boolean isNotBefore(List<ImitatedCluster.Asked> asked, int index) {
    long since = asked.get(index).nanos() - asked.getFirst().nanos();
    return index < 300 + 100 * since / 1e9;
  }

  @Test
  void listsAndWatchesAreByLabelAndPagedAndSharedByAllRuns() {
    submitAll();

    var collections =
        cluster.asked.stream()
            .filter(one -> one.method().equals("GET"))
            .map(ImitatedCluster.Asked::path)
            .filter(path -> path.matches(".*/(pods|jobs)\\?.*"))
            .filter(path -> !path.contains("resourceVersion=&"))
            .toList();
    assertThat(collections)
        .isNotEmpty()
        .allMatch(path -> path.contains("labelSelector="))
        .allMatch(path -> path.contains("limit=500") || path.contains("watch=true"))
        .hasSizeLessThan(10);
  }
}
