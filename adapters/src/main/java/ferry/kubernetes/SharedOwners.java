package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/**
 * Who keeps in the cluster what has several owners. What many runs share, code and checkpoints, is
 * kept by those that go on, and whichever ended last: so it has no more owners than there are runs
 * of it at one time. What a run has is kept by its Jobs.
 */
final class SharedOwners {
  private static final int TRIES = 5;

  private final Cluster cluster;

  SharedOwners(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A run needs these no more; where it is the last that has them, they go with the run. */
  void letGo(List<String> names, String owner) {
    names.forEach(part -> letGo(part, owner, false));
  }

  /** An owner is about to be deleted; the object stays, even if nobody else keeps it. */
  void outlive(String name, String owner) {
    letGo(name, owner, true);
  }

  private void letGo(String part, String owner, boolean evenLast) {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        var there =
            cluster.ask(
                () -> cluster.client().configMaps().inNamespace(namespace()).withName(part).get());
        if (there != null) {
          leaveTo(there, others(there, owner), evenLast);
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
  private void leaveTo(ConfigMap part, List<OwnerReference> others, boolean evenLast) {
    var known = part.getMetadata();
    boolean isLeft = others.size() < known.getOwnerReferences().size();
    if (isLeft && (evenLast || !others.isEmpty())) {
      var metadata =
          Map.of("resourceVersion", known.getResourceVersion(), "ownerReferences", others);
      var patch = Serialization.asJson(Map.of("metadata", metadata));
      cluster.ask(() -> cluster.client().resource(part).patch(Patches.MERGE, patch));
    }
  }

  private String namespace() {
    return cluster.address().namespace();
  }
}
