package ferry.kubernetes.argo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Workflow's status says.
 *
 * @param phase empty until Argo has seen it
 * @param nodes by their names
 */
record WorkflowView(String phase, String message, Map<String, Node> nodes) {
  static WorkflowView of(GenericKubernetesResource workflow) {
    if (!(workflow.getAdditionalProperties().get("status") instanceof Map<?, ?> status)) {
      return new WorkflowView("", "", Map.of());
    }
    var nodes = new LinkedHashMap<String, Node>();
    if (status.get("nodes") instanceof Map<?, ?> all) {
      for (var one : all.values()) {
        if (one instanceof Map<?, ?> node) {
          nodes.put(Node.text(node, "name"), Node.of(node));
        }
      }
    }
    return new WorkflowView(Node.text(status, "phase"), Node.text(status, "message"), nodes);
  }

  boolean isSeen() {
    return !phase.isEmpty();
  }

  boolean isOver() {
    return switch (phase) {
      case "Succeeded", "Failed", "Error" -> true;
      default -> false;
    };
  }
}
