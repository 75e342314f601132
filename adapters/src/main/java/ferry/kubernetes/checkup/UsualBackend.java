package ferry.kubernetes.checkup;

import ferry.kubernetes.capture.Inside;
import ferry.kubernetes.rights.AccessReviews;
import ferry.kubernetes.rights.Right;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where runs execute when nobody says: in a Pod whose account may make Workflows, on Argo; in any
 * other Pod as Jobs; elsewhere on this machine. The cluster is asked once, when it matters first.
 */
public final class UsualBackend implements Supplier<String> {
  private static final Logger LOG = LoggerFactory.getLogger(UsualBackend.class);
  private static final String LOCAL = "local";
  private static final String KUBERNETES = "kubernetes";
  private static final String ARGO = "argo";
  private static final int PATIENCE_MILLIS = 5_000;

  private final Map<String, String> environment;
  private Optional<String> known = Optional.empty();

  /**
   * The choice for a process.
   *
   * @param environment the process's own
   */
  public UsualBackend(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public synchronized String get() {
    if (known.isEmpty()) {
      known = Optional.of(find());
    }
    return known.get();
  }

  private String find() {
    if (!Inside.aPod(environment) || Inside.here().namespace().isEmpty()) {
      return LOCAL; // no Pod, or one without an account
    }
    try (var client = client()) {
      return choose(client);
    } catch (KubernetesClientException silent) {
      var code = silent.getCode();
      LOG.info(
          "the cluster does not say whether it has Argo: {}",
          code <= 0 ? "it does not answer" : silent.getMessage());
      return KUBERNETES;
    }
  }

  private static KubernetesClient client() {
    var config = Config.autoConfigure(null);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setRequestTimeout(PATIENCE_MILLIS);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** What a cluster is used for by an account that is in it. */
  static String choose(KubernetesClient client) {
    if (!client.hasApiGroup("argoproj.io", true)) {
      return KUBERNETES;
    }
    try {
      var needed = new Right("argoproj.io", "workflows", List.of("create"), "runs");
      var namespace = Optional.ofNullable(client.getNamespace()).orElse("default");
      return new AccessReviews(client, namespace).lacking(List.of(needed)).isEmpty()
          ? ARGO
          : KUBERNETES;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return KUBERNETES;
    }
  }
}
