package ferry.kubernetes;

import static ferry.kubernetes.PodView.text;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
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

  private static final Pattern PULL =
      Pattern.compile("(?s)Failed to pull image \"([^\"]+)\":? ?(.*)");

  private WaitWords() {}

  /** What the Pod's own status says; empty where nothing keeps it from starting. */
  public static String of(Pod pod) {
    var status = pod.getStatus();
    var conditions =
        status.getConditions() == null ? List.<PodCondition>of() : status.getConditions();
    for (var condition : conditions) {
      if ("PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus())) {
        return unschedulable(pod, text(condition.getMessage()));
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
          Optional.of("the image `" + image + "` is not on the node, and its Pod may pull none");
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
      return "the image `%s` cannot be pulled: its registry asks for credentials, or it is not there; check the name, or give the Pod a pull secret"
          .formatted(image);
    }
    if (lower.contains("not found") || lower.contains("manifest unknown")) {
      return "the image `%s` cannot be pulled: there is none of that name; name another with `--image`"
          .formatted(image);
    }
    if (lower.contains("no such host")
        || lower.contains("connection refused")
        || lower.contains("dial tcp")
        || lower.contains("timeout")) {
      return "the image `%s` cannot be pulled: its registry %s cannot be reached from the node"
          .formatted(image, registry(image));
    }
    return "the image `%s` cannot be pulled%s; check its name, or name another with `--image`"
        .formatted(
            image, message.isEmpty() || message.startsWith("Back-off") ? "" : ": " + message);
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

  private static String unschedulable(Pod pod, String message) {
    var claim = CLAIM.matcher(message);
    if (claim.matches()) {
      return "there is no claim `%s` in its namespace, which the step mounts"
          .formatted(claim.group(1));
    }
    if (message.contains("unbound immediate PersistentVolumeClaims")) {
      return "no volume is found for its claim: has the cluster a default StorageClass? a platform"
          + " engineer sets one";
    }
    var lacks = lacks(message);
    if (!lacks.isEmpty()) {
      return "no node has room: the step asks for %s, and there is not enough %s free; ask for less, or wait"
          .formatted(asked(pod), String.join(" and ", lacks));
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
      return "its volume `%s` is held by another node, and only one at a time may mount it"
          .formatted(held.group(1));
    }
    var missing = MISSING.matcher(message);
    return missing.matches() ? config(message) : "its volume cannot be mounted: " + message;
  }
}
