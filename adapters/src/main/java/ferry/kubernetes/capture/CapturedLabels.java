package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The labels and annotations of a step. A Service may select a Pod by any of the notebook's, and
 * would send it the notebook's visitors, so only those go along that change what a Pod is given.
 */
final class CapturedLabels {
  private static final Set<String> LABELS =
      Set.of("azure.workload.identity/use", "kueue.x-k8s.io/queue-name");

  /** A second network, the rights of a cloud's role, and to be left where it runs. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "k8s.v1.cni.cncf.io/networks",
          "iam.amazonaws.com/role",
          "cluster-autoscaler.kubernetes.io/safe-to-evict",
          "karpenter.sh/do-not-disrupt");

  private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private final Pod pod;
  private final Container own;
  private final Ledger ledger;
  private final TreeMap<String, String> labels = new TreeMap<>();
  private final TreeMap<String, String> annotations = new TreeMap<>();

  CapturedLabels(Pod pod, Container own, Ledger ledger) {
    this.pod = pod;
    this.own = own;
    this.ledger = ledger;
  }

  ObjectMeta metadata() {
    var left = new TreeSet<String>();
    from(pod.getMetadata().getLabels())
        .forEach((key, value) -> {
          if (LABELS.contains(key)) {
            labels.put(key, value);
          } else {
            left.add(key);
          }
        });
    ledger.leave(
        "the label",
        "the labels",
        left,
        "a Service could take a step for the notebook; a NetworkPolicy may tell them apart by it"
            + " too");
    takeAnnotations();
    keepOutOfMeshes();
    return new ObjectMetaBuilder().withLabels(labels).withAnnotations(annotations).build();
  }

  private void takeAnnotations() {
    var left = new TreeSet<String>();
    from(pod.getMetadata().getAnnotations())
        .forEach((key, value) -> {
          if (ANNOTATIONS.contains(key)) {
            annotations.put(key, value);
          } else if (key.equals(APPARMOR + own.getName())) {
            annotations.put(APPARMOR + Captured.CONTAINER, value);
          } else {
            left.add(key);
          }
        });
    ledger.leave(
        "the annotation",
        "the annotations",
        left,
        "they are of the notebook's own Pod, or have something put into it that a step would wait"
            + " for");
  }

  /** A mesh would put its proxy beside the step, which then never ends. */
  private void keepOutOfMeshes() {
    if (has("istio-proxy")) {
      labels.put("sidecar.istio.io/inject", "false");
      annotations.put("sidecar.istio.io/inject", "false");
    }
    if (has("linkerd-proxy")) {
      annotations.put("linkerd.io/inject", "disabled");
    }
  }

  private boolean has(String container) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .anyMatch(each -> each.getName().equals(container));
  }

  private static Map<String, String> from(
      @org.jspecify.annotations.Nullable Map<String, String> entries) {
    return Optional.ofNullable(entries).orElse(Map.of());
  }
}
