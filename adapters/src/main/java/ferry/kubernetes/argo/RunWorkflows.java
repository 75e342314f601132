package ferry.kubernetes.argo;

import ferry.kubernetes.Cluster;
import ferry.kubernetes.PackedCode;
import ferry.kubernetes.RunInCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;

/**
 * Makes and changes the objects of one run in its cluster; every step of it may be repeated. The
 * run's first Workflow owns all others, so that deleting it deletes them.
 */
final class RunWorkflows {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
  private static final PatchContext STRATEGIC =
      new PatchContext.Builder().withPatchType(PatchType.STRATEGIC_MERGE).build();

  private final Cluster cluster;
  private final RunInCluster run;
  private final PackedCode packed;
  private final String mark;

  RunWorkflows(Cluster cluster, RunInCluster run, PackedCode packed, String mark) {
    this.cluster = cluster;
    this.run = run;
    this.packed = packed;
    this.mark = mark;
  }

  /** The Workflow of that name, where it is there. */
  Optional<GenericKubernetesResource> find(String name) {
    return Optional.ofNullable(cluster.ask(() -> workflows().withName(name).get()));
  }

  /**
   * Creates a Workflow, unless it is there, and all that its Pods need beside it; they wait for
   * that.
   *
   * @param first the name of the run's first Workflow, which may be this one
   */
  GenericKubernetesResource create(GenericKubernetesResource workflow, String first) {
    var name = workflow.getMetadata().getName();
    var owner = name.equals(first) ? Optional.<GenericKubernetesResource>empty() : find(first);
    owner.ifPresent(one -> {
      workflow.getMetadata().setOwnerReferences(List.of(reference(one)));
      keep(first);
    });
    create(workflow);
    var made = find(name).orElseThrow(() -> new KubernetesClientException("it went at once"));
    complete(owner.orElse(made));
    return made;
  }

  /** All that Pods of the run need beside their Workflow. */
  void complete(GenericKubernetesResource owner) {
    run.secret().ifPresent(secret -> createOwned(secret, owner));
    run.claim().ifPresent(claim -> createOwned(claim, owner));
    var code = run.code();
    for (int i = 0; i < code.names().size(); i++) {
      var part = code.part(i, cluster.address().namespace(), mark, packed.bytes(code.hash()));
      if (!createOwned(part, owner)) {
        share(part, owner);
      }
    }
  }

  /** A set of code stays for as long as one of its runs does. */
  private void share(HasMetadata part, GenericKubernetesResource owner) {
    var patch =
        """
        {"metadata": {"ownerReferences": [
          {"apiVersion": "%s", "kind": "%s", "name": "%s", "uid": "%s"}]}}\
        """
            .formatted(
                WorkflowText.VERSION,
                WorkflowText.KIND,
                owner.getMetadata().getName(),
                owner.getMetadata().getUid());
    cluster.ask(() -> cluster.client().resource(part).patch(STRATEGIC, patch));
  }

  private boolean createOwned(HasMetadata object, GenericKubernetesResource owner) {
    object.getMetadata().setOwnerReferences(List.of(reference(owner)));
    return create(object);
  }

  private static OwnerReference reference(GenericKubernetesResource owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(WorkflowText.VERSION)
        .withKind(WorkflowText.KIND)
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .build();
  }

  /** Whether it was not there before. */
  private boolean create(HasMetadata object) {
    try {
      cluster.ask(() -> cluster.client().resource(object).create());
      return true;
    } catch (KubernetesClientException trouble) {
      if (trouble.getCode() == CONFLICT) {
        return false;
      }
      throw trouble;
    }
  }

  /**
   * Ends a Workflow.
   *
   * @param all whether its {@code finally} steps end too, or are not begun
   */
  void shutDown(String name, boolean all) {
    patch(
        name,
        """
        {"metadata": {"annotations": {"%s": "stop"}}, "spec": {"shutdown": "%s"}}\
        """
            .formatted(WorkflowText.ASKED, all ? "Terminate" : "Stop"));
  }

  /** Lets the cluster delete an ended Workflow so long after its end. */
  void keepFor(String name, long seconds) {
    patch(
        name, "{\"spec\": {\"ttlStrategy\": {\"secondsAfterCompletion\": %d}}}".formatted(seconds));
  }

  private void keep(String name) {
    patch(name, "{\"spec\": {\"ttlStrategy\": null}}");
  }

  private void patch(String name, String patch) {
    try {
      cluster.ask(() -> workflows().withName(name).patch(MERGE, patch));
    } catch (KubernetesClientException trouble) {
      if (trouble.getCode() != NOT_FOUND) {
        throw trouble;
      }
    }
  }

  /** Ends a Pod, which has its time to end. */
  void delete(Pod pod) {
    var pods = cluster.client().pods().inNamespace(pod.getMetadata().getNamespace());
    cluster.ask(() -> pods.withName(pod.getMetadata().getName()).delete());
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      workflows() {
    return cluster
        .client()
        .genericKubernetesResources(WorkflowText.VERSION, WorkflowText.KIND)
        .inNamespace(cluster.address().namespace());
  }
}
