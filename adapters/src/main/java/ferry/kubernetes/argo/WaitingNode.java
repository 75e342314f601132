package ferry.kubernetes.argo;

import java.util.regex.Pattern;

/** Why a node waits of which there is no Pod to ask. */
final class WaitingNode {
  private static final Pattern QUOTA = Pattern.compile("(?s).*exceeded quota: ([^,]+), (.*)");

  private WaitingNode() {}

  static String words(String message) {
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
