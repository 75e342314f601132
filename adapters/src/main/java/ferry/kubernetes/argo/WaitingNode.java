package ferry.kubernetes.argo;

import ferry.kubernetes.ClusterTrouble;
import java.util.Set;

/** Why a node waits of which there is no Pod to ask. */
final class WaitingNode {
  private static final Set<String> USUAL = Set.of("PodInitializing", "ContainerCreating");

  private WaitingNode() {}

  /** One sentence; empty while all goes its usual way. */
  static String words(String message) {
    if (message.isEmpty() || USUAL.contains(message)) {
      return "";
    }
    var refusal = ClusterTrouble.refusal(message);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (message.startsWith("Waiting for")) {
      return "Argo holds it back: " + message;
    }
    return "Argo cannot start it yet: " + message;
  }
}
