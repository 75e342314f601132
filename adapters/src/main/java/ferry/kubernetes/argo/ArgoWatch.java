package ferry.kubernetes.argo;

import ferry.kubernetes.Cluster;
import ferry.kubernetes.Labels;
import ferry.kubernetes.SeenHandler;
import ferry.kubernetes.WaitWords;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is watched of one namespace for all runs together: Workflows, their Pods, and warnings. */
final class ArgoWatch implements AutoCloseable {
  /** The label by which Argo's Pods name their Workflow. */
  static final String WORKFLOW = "workflows.argoproj.io/workflow";

  private static final Logger LOG = LoggerFactory.getLogger(ArgoWatch.class);
  private static final String WORKFLOWS = "workflows";
  private static final String PODS = "pods";
  private static final String BY_WORKFLOW = "workflow";
  private static final long PAGE = 500;

  /** Hears of everything that is watched; must not wait. */
  interface Listener {
    void workflow(GenericKubernetesResource workflow, boolean isGone);

    void pod(String workflow, Pod pod, boolean isGone);

    /** A warning about a Pod, in words. */
    void warning(String pod, String why);
  }

  private final SharedIndexInformer<GenericKubernetesResource> workflows;
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Event> events;
  private final Map<String, String> refusals = new ConcurrentSkipListMap<>();

  ArgoWatch(Cluster cluster, String home, Listener listener) {
    var labels = Labels.ours(home);
    var namespace = cluster.address().namespace();
    var client = cluster.client();
    workflows =
        client
            .genericKubernetesResources(WorkflowText.VERSION, WorkflowText.KIND)
            .inNamespace(namespace)
            .withLabels(labels)
            .withLimit(PAGE)
            .runnableInformer(0);
    workflows.addEventHandler(
        new SeenHandler<>((workflow, isGone) -> {
          refusals.remove(WORKFLOWS);
          listener.workflow(workflow, isGone);
        }));
    pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(labels)
            .withLabel(WORKFLOW)
            .withLimit(PAGE)
            .runnableInformer(0);
    pods.addIndexers(Map.of(BY_WORKFLOW, pod -> List.of(workflowOf(pod))));
    pods.addEventHandler(
        new SeenHandler<>((pod, isGone) -> {
          refusals.remove(PODS);
          listener.pod(workflowOf(pod), pod, isGone);
        }));
    events = events(cluster, listener);
    start(cluster, workflows, WORKFLOWS);
    start(cluster, pods, PODS);
    start(cluster, events, "");
  }

  private static SharedIndexInformer<Event> events(Cluster cluster, Listener listener) {
    var events =
        cluster
            .client()
            .v1()
            .events()
            .inNamespace(cluster.address().namespace())
            .withField("type", "Warning")
            .withLimit(PAGE)
            .runnableInformer(0);
    events.addEventHandler(
        new SeenHandler<>((event, isGone) -> {
          var about = event.getInvolvedObject();
          if (!isGone && about != null && "Pod".equals(about.getKind())) {
            WaitWords.of(event).ifPresent(why -> listener.warning(about.getName(), why));
          }
        }));
    return events;
  }

  /**
   * What breaks off is begun again, for as long as there is a client.
   *
   * @param needed what is watched, where a run cannot be followed without it
   */
  private void start(Cluster cluster, SharedIndexInformer<?> informer, String needed) {
    informer.exceptionHandler((_, failure) -> {
      if (!needed.isEmpty()) {
        cluster
            .forbidden(failure)
            .ifPresent(trouble -> refusals.put(needed, trouble.inOneClause()));
      }
      LOG.info("a watch of the cluster broke off and begins again: {}", cluster.why(failure));
      return true;
    });
    informer.start();
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
    return pods.getIndexer().byIndex(BY_WORKFLOW, workflow);
  }

  @Override
  public void close() {
    workflows.close();
    pods.close();
    events.close();
  }
}
