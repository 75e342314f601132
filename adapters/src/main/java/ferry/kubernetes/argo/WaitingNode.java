package ferry.kubernetes.argo;

import java.util.Set;
import java.util.regex.Pattern;

/** Why a node waits of which there is no Pod to ask. */
final class WaitingNode {
  private static final Pattern QUOTA = Pattern.compile("(?s).*exceeded quota: ([^,]+), (.*)");

  private static final Set<String> USUAL = Set.of("PodInitializing", "ContainerCreating");

  private WaitingNode() {}

  /** One sentence; empty while all goes its usual way. */
  static String words(String message) {
    if (message.isEmpty() || USUAL.contains(message)) {
      return "";
    }
    var quota = QUOTA.matcher(message);
    if (quota.matches()) {
      return "the quota `%s` is used up: %s".formatted(quota.group(1), quota.group(2));
    }
    if (message.startsWith("Waiting for")) {
      return "Argo holds it back: " + message;
    }
    return "Argo cannot start it yet: " + message;
  }
}
