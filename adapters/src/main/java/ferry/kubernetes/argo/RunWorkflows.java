package ferry.kubernetes.argo;

import ferry.kubernetes.Cluster;
import ferry.kubernetes.Patches;
import ferry.kubernetes.RunObjects;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Optional;

/**
 * Makes and changes the Workflows of one run in its cluster; every step of it may be repeated.
 * Deleting the run's own object deletes all, and so does deleting its last Workflow.
 */
final class RunWorkflows {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final Cluster cluster;
  private final RunObjects objects;

  /**
   * Objects of a run.
   *
   * @param objects those beside its Workflows
   */
  RunWorkflows(Cluster cluster, RunObjects objects) {
    this.cluster = cluster;
    this.objects = objects;
  }

  /**
   * What a run has for each time that it sets out.
   *
   * @param tokens by which its steps reach the server, where they do
   */
  record Wanted(GenericKubernetesResource workflow, Optional<Secret> tokens) {}

  /** The Workflow of that name, where it is there. */
  Optional<GenericKubernetesResource> find(String name) {
    return Optional.ofNullable(cluster.ask(() -> workflows().withName(name).get()));
  }

  /**
   * Creates a Workflow, unless it is there, and before it all that its Pods need. The run's own
   * object owns the Workflow, and goes with the last Workflow of the run.
   */
  GenericKubernetesResource create(Wanted wanted) {
    var workflow = wanted.workflow();
    var owner = objects.owner();
    wanted.tokens().ifPresent(objects::add);
    workflow.getMetadata().setOwnerReferences(List.of(reference(owner, "v1", "ConfigMap")));
    try {
      cluster.ask(() -> cluster.client().resource(workflow).create());
    } catch (KubernetesClientException trouble) {
      if (trouble.getCode() != CONFLICT) {
        throw trouble;
      }
    }
    var name = workflow.getMetadata().getName();
    var made = find(name).orElseThrow(() -> new KubernetesClientException("it went at once"));
    own(made);
    return made;
  }

  /** The run's own object goes with its last Workflow. */
  void own(GenericKubernetesResource workflow) {
    var owner = objects.owner();
    var one = reference(workflow, WorkflowText.VERSION, WorkflowText.KIND);
    var patch =
        """
        {"metadata": {"ownerReferences": [
          {"apiVersion": "%s", "kind": "%s", "name": "%s", "uid": "%s"}]}}\
        """
            .formatted(one.getApiVersion(), one.getKind(), one.getName(), one.getUid());
    cluster.ask(() -> cluster.client().resource(owner).patch(Patches.STRATEGIC, patch));
  }

  private static OwnerReference reference(HasMetadata owner, String version, String kind) {
    return new OwnerReferenceBuilder()
        .withApiVersion(version)
        .withKind(kind)
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .build();
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

  private void patch(String name, String patch) {
    try {
      cluster.ask(() -> workflows().withName(name).patch(Patches.MERGE, patch));
    } catch (KubernetesClientException trouble) {
      if (trouble.getCode() != NOT_FOUND) {
        throw trouble;
      }
    }
  }

  /** The run needs what it shares with others no more. */
  void letSharedGo() {
    objects.letSharedGo();
  }

  /** The run's secret values have done their service. */
  void letGivenGo() {
    objects.letGivenGo();
  }

  /** Steps that have ended reach the server no more. */
  void letTokensGo(String secret) {
    objects.deleteSecret(secret);
  }

  /** Deletes a Workflow and its Pods. */
  void delete(String name) {
    cluster.ask(() ->
        workflows().withName(name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }

  /** Deletes all Workflows of the run, their Pods, and what else the run has. */
  void delete() {
    var all = cluster.ask(() -> workflows().withLabels(objects.labels()).list().getItems());
    for (var one : all) {
      cluster.ask(() ->
          cluster
              .client()
              .resource(one)
              .withPropagationPolicy(DeletionPropagation.BACKGROUND)
              .delete());
    }
    objects.delete();
  }

  /** Deletes what else the run has, where no Workflow of it was ever made. */
  void deleteUnlessKept() {
    objects.deleteUnlessKept();
  }

  /** The Pods of a Workflow as the cluster knows them now. */
  List<Pod> pods(String workflow) {
    var pods = cluster.client().pods().inNamespace(cluster.address().namespace());
    return cluster.ask(() -> pods.withLabel(ArgoWatch.WORKFLOW, workflow).list().getItems());
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
