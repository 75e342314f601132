package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a cluster that does not answer is said to be. */
class ClusterTroubleTest {

  private static Config nobody() throws IOException {
    try (var closed = new ServerSocket(0)) {
      return new ConfigBuilder(Config.empty())
          .withMasterUrl("http://127.0.0.1:" + closed.getLocalPort())
          .withRequestRetryBackoffLimit(0)
          .build();
    }
  }

  private static KubernetesClientException trouble(Config config) {
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      client.pods().inNamespace("default").list();
      throw new IllegalStateException("somebody answered");
    } catch (KubernetesClientException trouble) {
      return trouble;
    }
  }

  @Test
  void aServerThatIsNotThereIsNamedWithTheWayOutAndAskedAgain() throws IOException {
    var config = nobody();

    assertThat(ClusterTrouble.of(config.getMasterUrl(), trouble(config)))
        .isEqualTo(
            new ClusterTrouble(
                "the cluster at "
                    + config.getMasterUrl()
                    + " cannot be reached: nothing answers there",
                List.of(
                    "is it there? `kubectl version` asks the same",
                    "or run it here with `--on local`"),
                true));
  }
}
