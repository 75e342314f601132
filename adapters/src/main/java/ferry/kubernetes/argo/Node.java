package ferry.kubernetes.argo;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a Workflow's status says of one of its nodes.
 *
 * @param type {@code Pod}, {@code Retry}, {@code TaskGroup}, {@code Skipped} and others
 * @param message why it is so; may be empty
 * @param exitCode of the step's container, where Argo knows one
 * @param ended when; {@link Instant#EPOCH} where it has not
 */
record Node(
    String name, String type, String phase, String message, OptionalInt exitCode, Instant ended) {

  static Node of(Map<?, ?> node) {
    return new Node(
        text(node, "name"),
        text(node, "type"),
        text(node, "phase"),
        text(node, "message"),
        node.get("outputs") instanceof Map<?, ?> outputs ? code(outputs) : OptionalInt.empty(),
        Optional.of(text(node, "finishedAt"))
            .filter(at -> !at.isEmpty())
            .map(at -> OffsetDateTime.parse(at).toInstant())
            .orElse(Instant.EPOCH));
  }

  private static OptionalInt code(Map<?, ?> outputs) {
    var code = text(outputs, "exitCode");
    return code.matches("-?[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(code))
        : OptionalInt.empty();
  }

  static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  boolean isPod() {
    return type.equals("Pod");
  }

  boolean isOver() {
    return switch (phase) {
      case "Succeeded", "Failed", "Error", "Skipped", "Omitted" -> true;
      default -> false;
    };
  }

  boolean hasSucceeded() {
    return phase.equals("Succeeded");
  }
}
