package ferry.backends;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that ended after it had created a Job, and before that kept what the run has. */
class KilledBetweenTest {
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

  @Test
  void theNextServerNamesTheJobAsAnOwnerOfWhatTheRunHas() throws Exception {
    var run = place.oneLiner("a: echo hello");
    awaitOwned(run + "-run"); // the imitation takes note of the message alone
    cluster.asked.clear();

    place.restart();

    awaitOwned(run + "-run");
  }

  private void awaitOwned(String object) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            cluster.asked.stream()
                .anyMatch(one ->
                    one.method().equals("PATCH") && one.path().endsWith("/configmaps/" + object)));
  }
}
