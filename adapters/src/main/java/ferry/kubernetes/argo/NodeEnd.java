package ferry.kubernetes.argo;

import ferry.kubernetes.ClusterTrouble;
import ferry.kubernetes.Disruption;
import ferry.run.Outcome;
import ferry.run.Outcome.Cause;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What became of a step as its node tells, for when nothing is to be learned of its Pod. */
final class NodeEnd {
  private static final Pattern EXIT = Pattern.compile("(?s).*\\(exit code (\\d+)\\).*");
  private static final Pattern DEADLINE =
      Pattern.compile("(?s).*(longer than the specified deadline|exceeded its deadline).*");

  private NodeEnd() {}

  /** How an attempt ended whose node is over. */
  static Outcome of(Node node) {
    return switch (node.phase()) {
      case "Succeeded" -> Outcome.Succeeded.PLAIN;
      case "Skipped", "Omitted" ->
          failed(Cause.CANNOT_START, OptionalInt.empty(), "Argo left it out: " + said(node));
      default -> failed(node);
    };
  }

  private static Outcome failed(Node node) {
    var message = node.message();
    var code = code(node);
    if (message.contains("workflow shutdown with strategy")
        || message.startsWith("Stopped with strategy")) {
      return new Outcome.Stopped(code);
    }
    if (message.contains("OOMKilled")) {
      return failed(
          Cause.OUT_OF_MEMORY,
          code,
          "was killed for memory: it reached its limit; give it more with `--memory`");
    }
    if (DEADLINE.matcher(message).matches()) {
      return failed(Cause.TIMEOUT, OptionalInt.empty(), "ran longer than the cluster lets it");
    }
    if (message.contains("pod deleted")) {
      return new Outcome.Lost(Disruption.DELETED);
    }
    if (code.isPresent() && code.getAsInt() != 0 && node.phase().equals("Failed")) {
      return failed(Cause.EXIT, code, "exit status " + code.getAsInt());
    }
    if (isForbidden(message)) {
      return failed(
          Cause.CANNOT_START,
          code,
          "Argo's own part of the Pod may not tell how the step ended: a platform engineer grants"
              + " its account create and patch on workflowtaskresults, as `docs/platform.md` says");
    }
    return failed(
        Cause.CANNOT_START,
        code,
        ClusterTrouble.refusal(message).orElse("Argo could not run it: " + said(node)));
  }

  static boolean isForbidden(String message) {
    return message.contains("workflowtaskresults") && message.contains("forbidden");
  }

  private static OptionalInt code(Node node) {
    if (node.exitCode().isPresent()) {
      return node.exitCode();
    }
    var match = EXIT.matcher(node.message());
    return match.matches() ? OptionalInt.of(Integer.parseInt(match.group(1))) : OptionalInt.empty();
  }

  private static String said(Node node) {
    return node.message().isEmpty() ? "it does not say why" : node.message();
  }

  private static Outcome failed(Cause cause, OptionalInt code, String reason) {
    return new Outcome.Failed(cause, code, reason);
  }
}
