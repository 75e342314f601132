package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/**
 * Who keeps a set of code in the cluster that many runs share: those that go on, and whichever
 * ended last. So it has no more owners than there are runs of it at one time.
 */
final class CodeOwners {
  private static final int TRIES = 5;
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final Cluster cluster;

  CodeOwners(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A run needs its code no more; where it is the last that has it, it goes with the run. */
  void letGo(CodeParts code, String owner) {
    code.names().forEach(part -> letGo(part, owner));
  }

  private void letGo(String part, String owner) {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        var there =
            cluster.ask(
                () -> cluster.client().configMaps().inNamespace(namespace()).withName(part).get());
        if (there != null) {
          leaveTo(there, others(there, owner));
        }
        return;
      } catch (KubernetesClientException trouble) {
        if (!ClusterRuns.isConflict(trouble)) {
          throw trouble;
        }
      }
    }
  }

  private static List<OwnerReference> others(ConfigMap part, String owner) {
    return part.getMetadata().getOwnerReferences().stream()
        .filter(one -> !one.getName().equals(owner))
        .toList();
  }

  /** Refused where it has got other owners meanwhile: two that leave at once must not both. */
  private void leaveTo(ConfigMap part, List<OwnerReference> others) {
    var known = part.getMetadata();
    if (!others.isEmpty() && others.size() < known.getOwnerReferences().size()) {
      var metadata =
          Map.of("resourceVersion", known.getResourceVersion(), "ownerReferences", others);
      var patch = Serialization.asJson(Map.of("metadata", metadata));
      cluster.ask(() -> cluster.client().resource(part).patch(MERGE, patch));
    }
  }

  private String namespace() {
    return cluster.address().namespace();
  }
}
