package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a node would take a Pod, its room aside. */
record NodeFit(Pod pod) {

  boolean takes(Node node) {
    boolean isClosed = Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    return !isClosed && isSelected(node) && isLiked(node) && isTolerated(node);
  }

  private boolean isSelected(Node node) {
    var wanted = Optional.ofNullable(pod.getSpec().getNodeSelector()).orElse(Map.of());
    return labels(node).entrySet().containsAll(wanted.entrySet());
  }

  private static Map<String, String> labels(Node node) {
    return Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of());
  }

  private boolean isTolerated(Node node) {
    return Optional.ofNullable(node.getSpec().getTaints()).orElse(List.of()).stream()
        .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()))
        .allMatch(this::isTolerated);
  }

  private boolean isTolerated(Taint taint) {
    return Optional.ofNullable(pod.getSpec().getTolerations()).orElse(List.of()).stream()
        .anyMatch(one -> tolerates(one, taint));
  }

  private static boolean tolerates(Toleration one, Taint taint) {
    boolean isAnyKey = PodView.text(one.getKey()).isEmpty();
    boolean isKey = isAnyKey || one.getKey().equals(taint.getKey());
    boolean isEffect =
        PodView.text(one.getEffect()).isEmpty() || one.getEffect().equals(taint.getEffect());
    boolean isValue =
        "Exists".equals(one.getOperator())
            || PodView.text(one.getValue()).equals(PodView.text(taint.getValue()));
    return isKey && isEffect && isValue;
  }

  private boolean isLiked(Node node) {
    var affinity = Optional.ofNullable(pod.getSpec().getAffinity());
    return affinity
        .flatMap(all -> Optional.ofNullable(all.getNodeAffinity()))
        .flatMap(
            all -> Optional.ofNullable(all.getRequiredDuringSchedulingIgnoredDuringExecution()))
        .map(all -> all.getNodeSelectorTerms().stream().anyMatch(term -> isMet(term, node)))
        .orElse(true);
  }

  private static boolean isMet(NodeSelectorTerm term, Node node) {
    var name = Map.of("metadata.name", node.getMetadata().getName());
    return all(term.getMatchFields()).stream().allMatch(one -> isMet(one, name))
        && all(term.getMatchExpressions()).stream().allMatch(one -> isMet(one, labels(node)));
  }

  private static List<NodeSelectorRequirement> all(
      @org.jspecify.annotations.Nullable List<NodeSelectorRequirement> some) {
    return some == null ? List.of() : some;
  }

  /** What compares numbers is taken to be met. */
  private static boolean isMet(NodeSelectorRequirement one, Map<String, String> labels) {
    var found = labels.get(one.getKey());
    return switch (one.getOperator()) {
      case "In" -> found != null && one.getValues().contains(found);
      case "NotIn" -> found == null || !one.getValues().contains(found);
      case "Exists" -> found != null;
      case "DoesNotExist" -> found == null;
      default -> true;
    };
  }
}
