package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who keeps in the cluster what has several owners. What many runs share, code and checkpoints, is
 * kept by those that go on, and whichever ended last: so it has no more owners than there are runs
 * of it at one time. What a run has is kept by its Jobs.
 */
final class SharedOwners {
  private static final int TRIES = 5;

  /** So many runs are asked for one by one; a home may have thousands that ended. */
  private static final int FEW = 16;

  private final Cluster cluster;

  SharedOwners(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * An object that is there gets one more owner. That alone does not keep it: where the cluster's
   * garbage collector found all earlier owners gone before this one came, it deletes the object
   * none the less. So an object with an owner that is gone is trusted only once the collector has
   * struck that off, which it does with what it leaves.
   *
   * @return whether it stays for as long as the owner; elsewhere it is to be asked again
   */
  boolean join(ConfigMap object, OwnerReference owner) {
    var change = Anchors.patch(new Anchors.Change(List.of(owner), List.of()));
    var there =
        cluster.ask(() -> cluster.client().resource(object).patch(Patches.STRATEGIC, change));
    var others =
        there.getMetadata().getOwnerReferences().stream()
            .filter(one -> !one.getUid().equals(owner.getUid()))
            .toList();
    return others.size() <= FEW
        ? others.stream().allMatch(this::isThere)
        : runs(there).containsAll(others.stream().map(OwnerReference::getUid).toList());
  }

  private boolean isThere(OwnerReference run) {
    var maps = cluster.client().configMaps().inNamespace(namespace());
    var there = cluster.ask(() -> maps.withName(run.getName()).get());
    return there != null && there.getMetadata().getUid().equals(run.getUid());
  }

  /** The objects that own what runs of an object's home have, by uid. */
  private Set<String> runs(HasMetadata object) {
    var home = object.getMetadata().getLabels().getOrDefault(Labels.HOME, "");
    var all =
        cluster.all(page ->
            cluster
                .client()
                .configMaps()
                .inNamespace(namespace())
                .withLabels(Labels.ours(home))
                .withLabel(Labels.RUN)
                .list(page));
    return all.stream().map(one -> one.getMetadata().getUid()).collect(Collectors.toSet());
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
