package ferry.kubernetes.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ferry.kubernetes.FakeApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgoWatchTest {

  @Test
  void whoMayNotSeeWorkflowsIsToldWhichRightIsMissing(@TempDir Path directory) throws Exception {
    try (var api = new FakeApi();
        var cluster = api.cluster(directory)) {
      api.put(
          "/apis/argoproj.io/v1alpha1",
          """
          {"kind": "APIResourceList", "groupVersion": "argoproj.io/v1alpha1", "resources": [
            {"name": "workflows", "kind": "Workflow", "namespaced": true, "verbs": ["list"]}]}
          """);
      api.forbid("/apis/argoproj.io/v1alpha1/namespaces/lab/workflows");
      try (var watch = new ArgoWatch(cluster, "home", new Deaf())) {
        await().until(() -> watch.refusal().isPresent());

        assertThat(watch.refusal().orElseThrow())
            .startsWith("`ada` may not list workflows in the namespace `lab`; ")
            .contains("`ferry doctor --rbac`");
      }
    }
  }

  private static final class Deaf implements ArgoWatch.Listener {
    @Override
    public boolean isNeeded() {
      return true;
    }

    @Override
    public void workflow(GenericKubernetesResource workflow, boolean isGone) {}

    @Override
    public void pod(String workflow, Pod pod, boolean isGone) {}

    @Override
    public void warning(String pod, String why) {}
  }
}
