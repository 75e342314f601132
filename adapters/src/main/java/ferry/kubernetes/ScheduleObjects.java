package ferry.kubernetes;

import ferry.backend.Plan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one schedule in its cluster: one that fires it and owns the others, its code and
 * the secret values that came with it. Every step of it may be repeated.
 */
final class ScheduleObjects {
  /** What has a schedule's name. */
  static final String LABEL = "ferry.dev/schedule";

  /** The most that the name of a CronJob may have: its Jobs' names are longer. */
  static final int LONGEST = 52;

  private static final PatchContext LIST =
      new PatchContext.Builder().withPatchType(PatchType.JSON).build();

  private final Cluster cluster;
  private final CronKind kind;
  private final Plan plan;
  private final RunInCluster run;
  private final PackedCode packed;
  private final String mark;

  ScheduleObjects(
      Cluster cluster, CronKind kind, Plan plan, RunInCluster run, PackedCode packed, String mark) {
    this.cluster = cluster;
    this.kind = kind;
    this.plan = plan;
    this.run = run;
    this.packed = packed;
    this.mark = mark;
  }

  /** The object that fires. */
  GenericKubernetesResource object() {
    var labels = Labels.ours(mark);
    labels.put(LABEL, plan.id().value());
    var object = new GenericKubernetesResource();
    object.setApiVersion(kind.apiVersion(cluster));
    object.setKind(kind.kind());
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(plan.id().value())
            .withNamespace(cluster.address().namespace())
            .withLabels(labels)
            .withAnnotations(
                Map.of(
                    "ferry.dev/workflow", plan.workflow().name(), CronKind.DIGEST, plan.digest()))
            .build());
    object.setAdditionalProperties(
        new LinkedHashMap<>(Map.of("spec", kind.spec(cluster, plan, run, labels))));
    return object;
  }

  /** Makes them, or makes those that are there like these. Nothing is fired before all is there. */
  void keep() {
    var wanted = object();
    var there = cluster.ask(() -> objects(wanted).withName(name(wanted)).get());
    if (there != null) {
      checkIsOurs(there);
      surround(there);
      cluster.ask(() -> objects(wanted).withName(name(wanted)).patch(LIST, replacing(wanted)));
      return;
    }
    var made = cluster.ask(() -> cluster.client().resource(suspended(wanted)).create());
    try {
      surround(made);
      pause(false);
    } catch (RuntimeException trouble) {
      remove(); // nothing stays half made
      throw trouble;
    }
  }

  private void checkIsOurs(HasMetadata there) {
    var labels = there.getMetadata().getLabels();
    if (labels == null || !mark.equals(labels.get(Labels.HOME))) {
      throw new ClusterTrouble(
              "a %s `%s` that is not yours is there already".formatted(kind.kind(), name(there)),
              List.of("give the workflow another `name`", "or delete that one"),
              false)
          .thrown();
    }
  }

  private GenericKubernetesResource suspended(GenericKubernetesResource wanted) {
    var copy =
        ClusterJson.JSON.unmarshal(
            ClusterJson.JSON.asJson(wanted), GenericKubernetesResource.class);
    copy.<Map<String, Object>>get("spec").put("suspend", true);
    return copy;
  }

  private static String replacing(GenericKubernetesResource wanted) {
    return ClusterJson.JSON.asJson(
        List.of(
            Map.of("op", "replace", "path", "/spec", "value", wanted.<Object>get("spec")),
            Map.of(
                "op",
                "replace",
                "path",
                "/metadata/labels",
                "value",
                wanted.getMetadata().getLabels())));
  }

  /** What the firings need. */
  private void surround(HasMetadata owner) {
    var reference =
        new OwnerReferenceBuilder()
            .withApiVersion(owner.getApiVersion())
            .withKind(owner.getKind())
            .withName(name(owner))
            .withUid(owner.getMetadata().getUid())
            .build();
    run.secret()
        .ifPresent(secret -> {
          secret.getMetadata().setOwnerReferences(List.of(reference));
          cluster.ask(() -> cluster.client().resource(secret).delete());
          cluster.ask(() -> cluster.client().resource(secret).create());
        });
    for (var part : run.parts(packed)) {
      part.getMetadata().setOwnerReferences(List.of(reference));
      bring(part);
    }
  }

  /**
   * What an earlier schedule of that name left, and the cluster has not cleared away yet, does not
   * stay: it gives way to the same anew.
   */
  private void bring(ConfigMap part) {
    var there = cluster.ask(() -> cluster.client().resource(part).get());
    var owners = part.getMetadata().getOwnerReferences();
    if (there != null && there.getMetadata().getOwnerReferences().equals(owners)) {
      return;
    }
    if (there != null) {
      cluster.ask(() -> cluster.client().resource(there).delete());
    }
    cluster.ask(() -> cluster.client().resource(part).create());
  }

  void pause(boolean isPaused) {
    var wanted = object();
    var patch = "{\"spec\": {\"suspend\": %b}}".formatted(isPaused);
    cluster.ask(() -> objects(wanted).withName(name(wanted)).patch(Patches.MERGE, patch));
  }

  /** What was fired goes with it. */
  void remove() {
    var wanted = object();
    cluster.ask(() ->
        objects(wanted)
            .withName(name(wanted))
            .withPropagationPolicy(DeletionPropagation.BACKGROUND)
            .delete());
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      objects(HasMetadata like) {
    return cluster
        .client()
        .genericKubernetesResources(like.getApiVersion(), like.getKind())
        .inNamespace(cluster.address().namespace());
  }
}
