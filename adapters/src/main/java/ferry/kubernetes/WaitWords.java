package ferry.kubernetes;

import static ferry.kubernetes.PodView.text;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a Pod does not start, in one plain sentence that says what to do. */
public final class WaitWords {
  private static final Pattern MISSING =
      Pattern.compile("(?s).*(secret|configmap) \"([^\"]+)\" not found.*");
  private static final Pattern MISSING_KEY =
      Pattern.compile(
          "(?s).*(?:couldn't find key (\\S+) in (Secret|ConfigMap) (?:[^/\\s]+/)?(\\S+)).*");
  private static final Pattern CLAIM =
      Pattern.compile("(?s).*persistentvolumeclaim \"([^\"]+)\" not found.*");
  private static final Pattern LACK = Pattern.compile("Insufficient ([\\w/-]+(?:\\.[\\w/-]+)*)");
  private static final Pattern TAINT =
      Pattern.compile("taint(?:\\(s\\))? \\{([^}]*)}|untolerated taint(?:\\(s\\))?: ?\\{?([^}]*)");
  private static final Pattern QUOTA = Pattern.compile("(?s).*exceeded quota: .*");
  private static final Pattern HELD =
      Pattern.compile("(?s).*Multi-Attach error for volume \"([^\"]+)\" (.*)");

  private static final Pattern USED_BY = Pattern.compile("used by pod\\(s\\) ([\\w.-]+)");

  private static final Pattern PULL =
      Pattern.compile("(?s)Failed to pull image \"([^\"]+)\":? ?(.*)");

  private static final String PULL_SECRET =
      "give the service account of its Pod a pull secret (`imagePullSecrets`)";

  private static final String CHECK_NAME =
      "; check its name and tag, name another with `--image`, or, where it is private, "
          + PULL_SECRET;

  private static final Pattern LATE_NODE =
      Pattern.compile("failed to sync (?:configmap|secret) cache");

  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration LATER = Duration.ofSeconds(15);

  private static final String UNBOUND = "unbound immediate PersistentVolumeClaims";

  private static final String NO_VOLUME =
      "it waits for the volume of its claim; where none comes, the cluster has no default"
          + " StorageClass, which a platform engineer sets, or name one: `ferry config storage"
          + " NAME`";

  private WaitWords() {}

  /** What the Pod's own status says; empty where nothing keeps it from starting. */
  public static String of(Pod pod) {
    var status = pod.getStatus();
    for (var condition : conditions(pod)) {
      if (isUnscheduled(condition)) {
        return "SchedulingGated".equals(condition.getReason())
            ? gated(pod)
            : unschedulable(pod, text(condition.getMessage()));
      }
    }
    return waiting(status.getInitContainerStatuses())
        .or(() -> waiting(status.getContainerStatuses()))
        .flatMap(state -> container(pod, state))
        .orElse("");
  }

  private static Optional<ContainerStateWaiting> waiting(List<ContainerStatus> all) {
    return all == null
        ? Optional.empty()
        : all.stream()
            .flatMap(one -> Optional.ofNullable(one.getState().getWaiting()).stream())
            .filter(state -> !"PodInitializing".equals(state.getReason()))
            .findFirst();
  }

  private static Optional<String> container(Pod pod, ContainerStateWaiting state) {
    var message = text(state.getMessage());
    var image = image(pod);
    return switch (text(state.getReason())) {
      case "ContainerCreating", "PodInitializing", "" -> Optional.empty();
      case "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable" ->
          Optional.of(pull(image, message));
      case "InvalidImageName" ->
          Optional.of("`" + image + "` is no name of an image: name one with `--image`");
      case "ErrImageNeverPull" ->
          Optional.of(
              "the image `"
                  + image
                  + "` is not on the node, and its Pod may pull none: name another with `--image`,"
                  + " or have its `imagePullPolicy` be `IfNotPresent`");
      case "CreateContainerConfigError", "CreateContainerError" -> Optional.of(config(message));
      default -> Optional.of(text(state.getReason()) + (message.isEmpty() ? "" : ": " + message));
    };
  }

  private static String image(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(one -> PodSetting.isStep(one.getName()))
        .map(one -> text(one.getImage()))
        .findFirst()
        .orElse("");
  }

  /** Why an image cannot be pulled, as far as the container runtime says. */
  static String pull(String image, String message) {
    var lower = message.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("unauthorized")
        || lower.contains("authentication required")
        || lower.contains("denied")) {
      return "the image `%s` cannot be pulled: its registry asks for credentials, or it is not there; check its name and tag, name another with `--image`, or %s"
          .formatted(image, PULL_SECRET);
    }
    if (lower.contains("not found") || lower.contains("manifest unknown")) {
      return "the image `%s` cannot be pulled: there is none of that name; check its tag, or name another with `--image`"
          .formatted(image);
    }
    if (lower.contains("no such host")
        || lower.contains("connection refused")
        || lower.contains("dial tcp")
        || lower.contains("timeout")) {
      return "the image `%s` cannot be pulled: its registry %s cannot be reached from the node; check its name, or name another with `--image`"
          .formatted(image, registry(image));
    }
    boolean isVague = message.isEmpty() || message.startsWith("Back-off");
    return "the image `%s` cannot be pulled%s%s"
        .formatted(image, isVague ? "" : ": " + message, CHECK_NAME);
  }

  /** Whether a sentence says less of the same than one before: a node that waits forgets why. */
  public static boolean isVaguer(String why, String before) {
    return why.endsWith(CHECK_NAME)
        && before.startsWith(why.substring(0, why.length() - CHECK_NAME.length()));
  }

  /**
   * How long it is left alone, since it passes by itself: a claim that is made with its run has no
   * volume in the first moment, and a node that has much to do is late to see a new ConfigMap.
   */
  static Duration patience(String why) {
    if (why.equals(NO_VOLUME) || why.contains(UNBOUND)) {
      return SOON;
    }
    return LATE_NODE.matcher(why).find() ? LATER : Duration.ZERO;
  }

  private static String registry(String image) {
    int slash = image.indexOf('/');
    var first = slash < 0 ? "" : image.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost")
        ? "`" + first + "`"
        : "`docker.io`";
  }

  private static String config(String message) {
    var key = MISSING_KEY.matcher(message);
    if (key.matches()) {
      return "the %s `%s` has no key `%s`, which the step's environment names"
          .formatted(key.group(2), key.group(3), key.group(1));
    }
    var missing = MISSING.matcher(message);
    if (missing.matches()) {
      var kind = missing.group(1).equals("secret") ? "Secret" : "ConfigMap";
      return "there is no %s `%s` in its namespace, which the step needs: make it with `kubectl create %s`, and the step goes on"
          .formatted(
              kind,
              missing.group(2),
              kind.equals("Secret")
                  ? "secret generic " + missing.group(2) + " --from-literal=KEY=VALUE"
                  : "configmap " + missing.group(2));
    }
    return "its container cannot be made: " + message;
  }

  private static String gated(Pod pod) {
    var gates = pod.getSpec().getSchedulingGates();
    return gates == null || gates.isEmpty()
        ? "something in the cluster holds it back for now"
        : "something in the cluster holds it back for now, by the scheduling gate `%s`"
            .formatted(gates.getFirst().getName());
  }

  private static String unschedulable(Pod pod, String message) {
    var claim = CLAIM.matcher(message);
    if (claim.matches()) {
      return "there is no claim `%s` in its namespace, which the step mounts: make it, and the step goes on"
          .formatted(claim.group(1));
    }
    if (message.contains(UNBOUND)) {
      return NO_VOLUME;
    }
    var lacks = lacks(message);
    if (!lacks.isEmpty()) {
      return "no node has room: the step asks for %s, and there is not enough %s free; ask for less, or wait"
          .formatted(asked(pod), String.join(" and ", lacks));
    }
    if (message.contains("Too many pods")) {
      return "no node has room: each has as many Pods as it may; wait until others have ended";
    }
    if (message.contains("taint")) {
      Matcher taint = TAINT.matcher(message);
      return "no node takes it: nodes are kept for others by a taint%s, which the step does not tolerate; steps tolerate what their notebook does, else a platform engineer takes it away"
          .formatted(
              taint.find()
                  ? " `" + Optional.ofNullable(taint.group(1)).orElse(taint.group(2)).strip() + "`"
                  : "");
    }
    if (message.contains("volume node affinity conflict")) {
      return "no node fits: its volume lies on a node, or in a zone, where the step may not run or"
          + " has no room";
    }
    if (message.contains("node selector") || message.contains("affinity")) {
      return "no node fits: %s".formatted(message);
    }
    return message.isEmpty() ? "no node takes it yet" : "no node takes it: " + message;
  }

  /** What there is too little of for a Pod, by the scheduler; nothing where that is not it. */
  static List<String> lacks(Pod pod) {
    return conditions(pod).stream()
        .filter(one -> isUnscheduled(one))
        .map(one -> lacks(text(one.getMessage())))
        .findFirst()
        .orElse(List.of());
  }

  /** The same as {@link #of(Pod)}, with what is free, and what to do. */
  static String noRoom(Pod pod, List<String> lacks, String free) {
    return "no node has room: the step asks for %s, and there is not enough %s free: %s"
        .formatted(asked(pod), String.join(" and ", lacks), free);
  }

  private static List<PodCondition> conditions(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getConditions() == null ? List.of() : status.getConditions();
  }

  private static boolean isUnscheduled(PodCondition one) {
    return "PodScheduled".equals(one.getType()) && "False".equals(one.getStatus());
  }

  private static List<String> lacks(String message) {
    var all = new ArrayList<String>();
    var lack = LACK.matcher(message);
    while (lack.find()) {
      if (!all.contains(lack.group(1))) {
        all.add(lack.group(1));
      }
    }
    return all;
  }

  private static String asked(Pod pod) {
    var asked = new ArrayList<String>();
    for (var container : pod.getSpec().getContainers()) {
      var resources = container.getResources();
      if (resources != null && PodSetting.isStep(container.getName())) {
        var all = new java.util.TreeMap<String, Quantity>();
        Optional.ofNullable(resources.getLimits()).ifPresent(all::putAll);
        Optional.ofNullable(resources.getRequests()).ifPresent(all::putAll);
        for (Map.Entry<String, Quantity> one : all.entrySet()) {
          asked.add(Amounts.words(one.getKey(), one.getValue()));
        }
      }
    }
    return asked.isEmpty() ? "nothing in particular" : String.join(" and ", asked);
  }

  /** What a warning about a Pod or its Job says; empty where it says nothing that helps. */
  public static Optional<String> of(Event event) {
    var message = text(event.getMessage());
    return switch (text(event.getReason())) {
      case "FailedCreate" ->
          Optional.of(
              QUOTA.matcher(message).matches()
                  ? ClusterTrouble.quota(message)
                  : ClusterTrouble.words(message.replaceFirst("^Error creating: ", "")));
      case "FailedMount", "FailedAttachVolume" -> Optional.of(mount(message));
      case "Failed" -> failed(message);
      case "ProvisioningFailed" -> Optional.of("no volume can be made for its claim: " + message);
      case "FailedCreatePodSandBox" -> Optional.of("the node cannot give it a network: " + message);
      default -> Optional.empty();
    };
  }

  /** The node tells it at once, but puts it into the Pod's status up to a minute later. */
  private static Optional<String> failed(String message) {
    var pull = PULL.matcher(message);
    if (pull.matches()) {
      return Optional.of(pull(pull.group(1), pull.group(2)));
    }
    boolean isConfig = MISSING.matcher(message).matches() || MISSING_KEY.matcher(message).matches();
    return isConfig ? Optional.of(config(message)) : Optional.empty();
  }

  private static String mount(String message) {
    var held = HELD.matcher(message);
    if (held.matches()) {
      var user = USED_BY.matcher(held.group(2));
      return "its volume `%s` is held by another node, and only one at a time may mount it%s"
          .formatted(
              held.group(1),
              user.find()
                  ? "; the step goes on when the Pod `" + user.group(1) + "` has ended"
                  : "; the step goes on when that lets it go");
    }
    var missing = MISSING.matcher(message);
    return missing.matches() ? config(message) : "its volume cannot be mounted: " + message;
  }
}
