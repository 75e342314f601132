package ferry.kubernetes;

import static ferry.kubernetes.PodView.text;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Optional;

/**
 * Why a Pod was deleted that nobody of us deleted, as far as the cluster says: newer ones by the
 * condition {@code DisruptionTarget}, older ones by the Pod's reason.
 */
public final class Disruption {
  /** What is said where nothing tells why. */
  public static final String DELETED = "its Pod was deleted while it ran";

  /** Why a node is lost of which nothing is heard. */
  public static final String SILENT = "nothing is heard of it any more";

  private Disruption() {}

  /**
   * Half a sentence about the step.
   *
   * @param isNodeSilent whether its node is known not to answer
   */
  static String of(Pod pod, boolean isNodeSilent) {
    return isNodeSilent ? lost(text(pod.getSpec().getNodeName()), SILENT) : of(pod);
  }

  /** Half a sentence about the step. */
  public static String of(Pod pod) {
    var node = pod.getSpec() == null ? "" : text(pod.getSpec().getNodeName());
    var status = pod.getStatus();
    if (status == null) {
      return DELETED;
    }
    if ("NodeLost".equals(status.getReason())) {
      return lost(node, SILENT);
    }
    var conditions = Optional.ofNullable(status.getConditions()).orElse(List.<PodCondition>of());
    return conditions.stream()
        .filter(one -> "DisruptionTarget".equals(one.getType()) && isTrue(one))
        .map(one -> words(one, node))
        .findFirst()
        .orElseGet(() -> silent(conditions, node));
  }

  /**
   * Older clusters say of the Pods of a node that is silent no more than that they are not ready.
   */
  private static String silent(List<PodCondition> conditions, String node) {
    boolean isNotReady =
        conditions.stream()
            .anyMatch(one -> "Ready".equals(one.getType()) && "NodeLost".equals(one.getReason()));
    return isNotReady ? lost(node, SILENT) : DELETED;
  }

  private static boolean isTrue(PodCondition one) {
    return "True".equals(one.getStatus());
  }

  private static String words(PodCondition target, String node) {
    var message = text(target.getMessage());
    return switch (text(target.getReason())) {
      case "DeletionByTaintManager" -> lost(node, "it was tainted, so its Pods were deleted");
      case "DeletionByPodGC" -> lost(node, "it is not in the cluster any more");
      case "TerminationByKubelet" -> "was ended by its node: " + message;
      case "EvictionByEvictionAPI" ->
          "was evicted from its node: somebody emptied it, for maintenance perhaps";
      case "PreemptionByScheduler" -> "had to make room for something of higher priority";
      default -> DELETED + ": " + message;
    };
  }

  /** What became of a step whose node is gone. */
  public static String lost(String node, String why) {
    return node.isEmpty()
        ? "its node is lost: " + why
        : "its node `%s` is lost: %s".formatted(node, why);
  }
}
