package ferry.kubernetes.argo;

import ferry.kubernetes.Cluster;
import ferry.kubernetes.Labels;
import ferry.kubernetes.WaitWords;
import ferry.kubernetes.Watched;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/** What is watched of one namespace for all runs together: Workflows, their Pods, and warnings. */
final class ArgoWatch implements AutoCloseable {
  /** The label by which Argo's Pods name their Workflow. */
  static final String WORKFLOW = "workflows.argoproj.io/workflow";

  private static final String WORKFLOWS = "workflows";
  private static final String PODS = "pods";

  /** Hears of everything that is watched; must not wait. */
  interface Listener {
    void workflow(GenericKubernetesResource workflow, boolean isGone);

    void pod(String workflow, Pod pod, boolean isGone);

    /** Whether it waits for anything. */
    boolean isNeeded();

    /** A warning about a Pod, in words. */
    void warning(String pod, String why);
  }

  private final Watched<GenericKubernetesResource> workflows;
  private final Watched<Pod> pods;
  private final Watched<Event> events;
  private final Map<String, String> refusals = new ConcurrentSkipListMap<>();

  ArgoWatch(Cluster cluster, String home, Listener listener) {
    var labels = Labels.ours(home);
    var namespace = cluster.address().namespace();
    var client = cluster.client();
    var looks = Watched.Looks.usual(listener::isNeeded);
    workflows =
        Watched.of(
            cluster,
            client
                .genericKubernetesResources(WorkflowText.VERSION, WorkflowText.KIND)
                .inNamespace(namespace)
                .withLabels(labels),
            workflow -> workflow.getMetadata().getName(),
            hearer(cluster, WORKFLOWS, listener::workflow),
            looks);
    pods =
        Watched.of(
            cluster,
            client.pods().inNamespace(namespace).withLabels(labels).withLabel(WORKFLOW),
            ArgoWatch::workflowOf,
            hearer(cluster, PODS, (pod, isGone) -> listener.pod(workflowOf(pod), pod, isGone)),
            looks);
    events = cluster.warnings(event -> warn(listener, event));
  }

  /**
   * Tells of what is watched.
   *
   * @param needed what it is; a run cannot be followed without it
   */
  private <T> Watched.Hearer<T> hearer(
      Cluster cluster, String needed, BiConsumer<T, Boolean> seen) {
    return new Watched.Hearer<>(
        (object, isGone) -> {
          refusals.remove(needed);
          seen.accept(object, isGone);
        },
        failure ->
            cluster
                .forbidden(failure)
                .ifPresent(trouble -> refusals.put(needed, trouble.inOneClause())));
  }

  private static void warn(Listener listener, Event event) {
    var about = event.getInvolvedObject();
    if (about != null && "Pod".equals(about.getKind())) {
      WaitWords.of(event).ifPresent(why -> listener.warning(about.getName(), why));
    }
  }

  private static String workflowOf(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels())
        .map(labels -> labels.get(WORKFLOW))
        .orElse("");
  }

  /** Why nothing is seen of what a run cannot be followed without; empty where it may be seen. */
  Optional<String> refusal() {
    return refusals.values().stream().findFirst();
  }

  /** The Pods of a Workflow that are known by now. */
  List<Pod> podsOf(String workflow) {
    return pods.of(workflow);
  }

  @Override
  public void close() {
    workflows.close();
    pods.close();
    events.close();
  }
}
