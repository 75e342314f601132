package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodResourceClaim;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceClaim;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The Pod around a step's container: where it may run, as whom, and what it is given there. */
final class CapturedPod {
  private final Pod pod;
  private final Container own;
  private final Inside inside;
  private final Ledger ledger;

  CapturedPod(Pod pod, Container own, Inside inside, Ledger ledger) {
    this.pod = pod;
    this.own = own;
    this.inside = inside;
    this.ledger = ledger;
  }

  PodSpec spec(Container step, CapturedVolumes volumes) {
    leaveOtherContainers();
    leaveWhatIsOfOthers();
    var from = pod.getSpec();
    return new PodSpecBuilder()
        .withContainers(step)
        .withVolumes(volumes.volumes())
        .withSecurityContext(security())
        .withServiceAccountName(from.getServiceAccountName())
        .withAutomountServiceAccountToken(from.getAutomountServiceAccountToken())
        .withImagePullSecrets(from.getImagePullSecrets())
        .withTolerations(tolerations())
        .withAffinity(affinity())
        .withNodeSelector(from.getNodeSelector())
        .withRuntimeClassName(from.getRuntimeClassName())
        .withPriorityClassName(from.getPriorityClassName())
        .withSchedulerName(from.getSchedulerName())
        .withHostNetwork(from.getHostNetwork())
        .withHostIPC(from.getHostIPC())
        .withHostPID(from.getHostPID())
        .withResourceClaims(claims())
        .withHostUsers(from.getHostUsers())
        .withDnsPolicy(from.getDnsPolicy())
        .withDnsConfig(from.getDnsConfig())
        .withHostAliases(from.getHostAliases())
        .withEnableServiceLinks(from.getEnableServiceLinks())
        .withOs(from.getOs())
        .build();
  }

  private static List<String> claimed(Container container) {
    return Optional.ofNullable(container.getResources()).stream()
        .flatMap(resources -> resources.getClaims().stream())
        .map(ResourceClaim::getName)
        .toList();
  }

  /** Devices that the notebook's own container has. */
  private List<PodResourceClaim> claims() {
    var wanted = claimed(own);
    return pod.getSpec().getResourceClaims().stream()
        .filter(claim -> wanted.contains(claim.getName()))
        .toList();
  }

  private void leaveWhatIsOfOthers() {
    var spec = pod.getSpec();
    var wanted = claimed(own);
    ledger.leave(
        "the claimed device",
        "the claimed devices",
        spec.getResourceClaims().stream()
            .map(PodResourceClaim::getName)
            .filter(name -> !wanted.contains(name))
            .toList(),
        "only other containers of the notebook use that");
    if (Boolean.TRUE.equals(spec.getShareProcessNamespace())) {
      ledger.leave(
          "the process namespace that the notebook's containers share",
          "a step is one container, and sees its own processes");
    }
    if (!spec.getTopologySpreadConstraints().isEmpty()) {
      ledger.leave(
          "the rules that spread Pods like the notebook (`topologySpreadConstraints`)",
          "they count Pods by labels that steps do not have");
    }
  }

  /** The cluster gives every Pod the tolerations with a time; they would only be noise. */
  private List<Toleration> tolerations() {
    return pod.getSpec().getTolerations().stream()
        .filter(toleration ->
            toleration.getTolerationSeconds() == null
                || toleration.getKey() == null
                || !toleration.getKey().startsWith("node.kubernetes.io/"))
        .toList();
  }

  private @Nullable PodSecurityContext security() {
    var from = pod.getSpec().getSecurityContext();
    boolean sharesProcesses = Boolean.TRUE.equals(pod.getSpec().getShareProcessNamespace());
    if (!inside.changedUser() || sharesProcesses) {
      return from;
    }
    var groups = new TreeSet<>(inside.self().orElseThrow().groups());
    groups.remove(inside.self().orElseThrow().group());
    var builder =
        Optional.ofNullable(from)
            .map(PodSecurityContextBuilder::new)
            .orElseGet(PodSecurityContextBuilder::new);
    groups.addAll(builder.getSupplementalGroups());
    return builder.withSupplementalGroups(List.copyOf(groups)).build();
  }

  private @Nullable Affinity affinity() {
    var from = pod.getSpec().getAffinity();
    var node = pod.getSpec().getNodeName();
    if (ledger.pins.isEmpty() || node == null) {
      return from;
    }
    for (var why : new TreeSet<>(ledger.pins)) {
      ledger.notes.add("each step runs on the notebook's node " + node + ": " + why);
    }
    return Pin.to(node, from, pod, ledger);
  }

  private void leaveOtherContainers() {
    var spec = pod.getSpec();
    ledger.leave(
        "the container",
        "the containers",
        spec.getContainers().stream()
            .map(Container::getName)
            .filter(name -> !name.equals(own.getName()))
            .toList(),
        "a step is one container, and would never end if one beside it went on");
    ledger.leave(
        "the init container",
        "the init containers",
        spec.getInitContainers().stream().map(Container::getName).toList(),
        "what was readied on volumes is there already");
    ledger.leave(
        "the name",
        "the names",
        java.util.stream.Stream.of(spec.getHostname(), spec.getSubdomain())
            .filter(name -> name != null && !name.isEmpty())
            .toList(),
        "two Pods cannot answer to one name");
  }
}
