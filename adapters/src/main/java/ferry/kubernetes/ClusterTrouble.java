package ferry.kubernetes;

import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.kubernetes.rights.GrantedRights;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What a cluster's refusal means, in words.
 *
 * @param message one sentence without a full stop
 * @param help ways out
 * @param mayPass whether the same request may be granted a little later
 */
public record ClusterTrouble(String message, List<String> help, boolean mayPass) {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "(?s).*User \"([^\"]*)\" cannot (\\S+) resource \"([^\"]*)\" in API group \"([^\"]*)\""
              + "(?: in the namespace \"([^\"]*)\")?.*");
  private static final Pattern QUOTA =
      Pattern.compile(
          "(?s).*exceeded quota: ([^,]+), requested: (.*?), used: (.*?), limited: (.*?)\\.?");
  private static final Pattern NO_NAMESPACE =
      Pattern.compile("(?s).*namespaces \"([^\"]*)\" not found.*");
  private static final Pattern WEBHOOK =
      Pattern.compile("(?s).*admission webhook \"([^\"]*)\" denied the request:? ?(.*)");
  private static final Pattern SILENT_WEBHOOK =
      Pattern.compile("(?s).*failed calling webhook \"([^\"]*)\":.*");
  private static final Pattern LACKING =
      Pattern.compile("(?s).*failed quota: ([^:]+): must specify (.*?)\\.?");
  private static final Pattern NO_ACCOUNT =
      Pattern.compile("(?s).*serviceaccount \"([^\"]+)\" not found.*");
  private static final Pattern SECURITY =
      Pattern.compile("(?s).*violates PodSecurity \"([^\"]+)\": (.*)");
  private static final Pattern LIMITS =
      Pattern.compile("(?s).*\\[?((?:maximum|minimum) \\S+ usage per .*?)]?");

  /** What went wrong, in words. */
  static ClusterTrouble of(String server, KubernetesClientException trouble) {
    var said = said(trouble);
    if (trouble.getCode() <= 0) {
      return unreachable(server, trouble); // no answer has no status
    }
    return switch (trouble.getCode()) {
      case 401 ->
          refused(
              "the cluster at " + server + " does not accept who you are",
              "log in again: `kubectl auth can-i create jobs` must answer; a token may have"
                  + " expired");
      case 403 -> forbidden(said);
      case 404 -> notFound(said);
      case 408, 429, 500, 502, 503, 504 ->
          new ClusterTrouble(
              "the cluster at " + server + " cannot answer now: " + said, List.of(), true);
      default -> new ClusterTrouble(words(said), List.of(), false);
    };
  }

  /** With the first way out, as one clause. */
  public String inOneClause() {
    return message + help.stream().findFirst().map(way -> "; " + way).orElse("");
  }

  /** Whether the account lacks a right, or a cluster that has just started says so. */
  boolean isOfRights() {
    return help.contains(GrantedRights.WAY_OUT);
  }

  public UserException thrown() {
    return new SystemError.Unavailable(message, help).thrown();
  }

  private static ClusterTrouble unreachable(String server, KubernetesClientException trouble) {
    var why = "it does not answer";
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
        why = "nobody knows that host";
      } else if (cause instanceof SSLException) {
        why = "its certificate is not the one that the kubeconfig expects";
      } else if (cause instanceof ConnectException) {
        why = "nothing answers there";
      }
    }
    return new ClusterTrouble(
        "the cluster at " + server + " cannot be reached: " + why,
        List.of("is it there? `kubectl version` asks the same", "or run it here with `--on local`"),
        true);
  }

  private static ClusterTrouble forbidden(String said) {
    var match = FORBIDDEN.matcher(said);
    if (match.matches()) {
      var where = match.group(5) == null ? "" : " in the namespace `" + match.group(5) + "`";
      return refused(
          "`%s` may not %s %s%s".formatted(match.group(1), match.group(2), match.group(3), where),
          GrantedRights.WAY_OUT);
    }
    if (QUOTA.matcher(said).matches()) {
      var help = "wait until something else has ended, or ask for less";
      return new ClusterTrouble(quota(said), List.of(help), true);
    }
    return new ClusterTrouble(words(said), List.of(), false);
  }

  /** What is said of a quota that is used up, with its numbers. */
  static String quota(String said) {
    var quota = QUOTA.matcher(said);
    return quota.matches()
        ? "the quota `%s` is used up: asked for %s, in use %s, limit %s"
            .formatted(quota.group(1), quota.group(2), quota.group(3), quota.group(4))
        : "a quota is used up: " + said;
  }

  private static ClusterTrouble notFound(String said) {
    var match = NO_NAMESPACE.matcher(said);
    return match.matches()
        ? refused(
            "there is no namespace `" + match.group(1) + "`",
            "name another with `--namespace`, or in the configuration: `ferry config"
                + " namespace NAME`")
        : new ClusterTrouble("the cluster does not know it: " + said, List.of(), false);
  }

  /** What an admission webhook or a check of the API server said, without what surrounds it. */
  static String words(String said) {
    var silent = SILENT_WEBHOOK.matcher(said);
    if (silent.matches()) {
      return "the cluster's own rule `%s` does not answer, so nothing can start; a platform engineer looks after it"
          .formatted(silent.group(1));
    }
    var lacking = LACKING.matcher(said);
    if (lacking.matches()) {
      return "the quota `%s` wants every step to say %s: say it with %s"
          .formatted(lacking.group(1), lacking.group(2), options(lacking.group(2)));
    }
    var webhook = WEBHOOK.matcher(said);
    return webhook.matches()
        ? "the cluster's own rule `%s` refused it: %s".formatted(webhook.group(1), webhook.group(2))
        : known(said).orElse("the cluster refused it: " + said);
  }

  /** What a Pod is refused for that anybody may meet. */
  private static Optional<String> known(String said) {
    var account = NO_ACCOUNT.matcher(said);
    if (account.matches()) {
      return Optional.of(
          "there is no service account `%s` in its namespace, which the step is to run as"
              .formatted(account.group(1)));
    }
    var security = SECURITY.matcher(said);
    if (security.matches()) {
      return Optional.of(
          "the namespace's Pod security `%s` does not let it start: %s; a platform engineer may allow it, or the notebook's own security settings, which steps have too, are made stricter"
              .formatted(security.group(1), security.group(2)));
    }
    var limits = LIMITS.matcher(said);
    return limits.matches()
        ? Optional.of(
            "the namespace's limits do not allow what it asks for: %s; ask for that with `--cpu` or `--memory`"
                .formatted(limits.group(1)))
        : Optional.empty();
  }

  /** What it means that a Pod was refused; empty where nothing is known of such words. */
  public static Optional<String> refusal(String said) {
    if (QUOTA.matcher(said).matches()) {
      return Optional.of(quota(said));
    }
    var words = words(said);
    return words.startsWith("the cluster refused it: ") ? Optional.empty() : Optional.of(words);
  }

  private static String options(String resources) {
    return resources.contains("cpu")
        ? resources.contains("memory") ? "`--cpu` and `--memory`" : "`--cpu`"
        : "`--memory`";
  }

  private static ClusterTrouble refused(String message, String help) {
    return new ClusterTrouble(message, List.of(help), false);
  }

  static String said(KubernetesClientException trouble) {
    return Optional.ofNullable(trouble.getStatus())
        .map(status -> status.getMessage())
        .or(() -> Optional.ofNullable(trouble.getMessage()))
        .orElse("no reason given");
  }
}
