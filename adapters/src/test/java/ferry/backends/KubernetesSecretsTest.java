package ferry.backends;

import ferry.run.RunId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;

/** Secrets and Jobs. */
class KubernetesSecretsTest extends SecretsContract {

  @Override
  ContractPlace open(Path directory) throws Exception {
    return KubernetesBackendTest.open(directory, TestCluster.kubeconfig());
  }

  @Override
  List<? extends HasMetadata> others(KubernetesClient client, RunId run) {
    return List.of();
  }
}
