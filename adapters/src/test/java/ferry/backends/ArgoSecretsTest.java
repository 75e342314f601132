package ferry.backends;

import ferry.run.RunId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Secrets and Workflows of a real Argo. */
class ArgoSecretsTest extends SecretsContract {

  @Override
  ContractPlace open(Path directory) throws Exception {
    return new ArgoBackendTest().open(directory);
  }

  @Override
  List<? extends HasMetadata> others(KubernetesClient client, RunId run) {
    return Stream.of("Workflow", "WorkflowTaskResult")
        .flatMap(kind ->
            client
                .genericKubernetesResources("argoproj.io/v1alpha1", kind)
                .list()
                .getItems()
                .stream())
        .toList();
  }
}
