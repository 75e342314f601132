package ferry.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Determined gives a trial to live in: its environment and its resources. */
final class DeterminedSurroundings {
  private static final List<String> DEVICES = List.of("cpu", "cuda", "rocm", "gpu");
  private static final int HIGHEST_PRIORITY = 99;
  private static final int MOST_SLOTS = 1_000_000;

  private final Foreign top;
  private final DeterminedPod pod = new DeterminedPod();
  private Optional<String> image = Optional.empty();

  DeterminedSurroundings(Foreign top) {
    this.top = top;
  }

  /** The image for processors, or the only one; known once the environment was read. */
  Optional<String> image() {
    return image;
  }

  /** What the plan of a trial holds of it, once all was read. */
  Map<String, String> setting(String file) {
    return pod.setting(file);
  }

  /** The variables of every trial. */
  Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    top.inner("environment")
        .ifPresent(inner -> {
          image = image(inner);
          var node = inner.node("environment_variables");
          if (node.isPresent() && node.get() instanceof Node.Sequence) {
            put(variables, inner, "environment_variables");
          } else if (node.isPresent()) {
            var devices = inner.inner(node.get(), "environment_variables");
            put(variables, devices, "cpu");
            devices.rest("cuda", "rocm", "gpu");
          }
          pod.environment(inner);
          if (inner.node("registry_auth").isPresent()) {
            inner.warn(
                "registry_auth",
                "is left aside: a cluster takes `imagePullSecrets` of `pod_spec`, as the name of a"
                    + " Secret");
          }
          inner.rest("proxy_ports", "ports", "podman_args");
        });
    return variables;
  }

  private static Optional<String> image(Foreign environment) {
    var node = environment.node("image");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    environment.warn("image", "is not used" + DeterminedPod.LOCALLY);
    if (!(node.get() instanceof Node.Mapping)) {
      return environment.text("image");
    }
    var devices = environment.inner(node.get(), "image");
    var all = DEVICES.stream().flatMap(device -> devices.text(device).stream()).toList();
    devices.rest();
    return all.stream().findFirst();
  }

  private static void put(Map<String, String> variables, Foreign from, String key) {
    for (var pair : from.scalars(key)) {
      int equals = pair.text().indexOf('=');
      if (equals < 1) {
        throw from.wrong(
            pair,
            "`" + pair.shown() + "`",
            "an entry of " + from.what(key),
            "a text like `NAME=VALUE`");
      }
      variables.put(
          pair.text().substring(0, equals),
          pair.text().substring(equals + 1).replaceAll("\\{([\\w.-]+)}", "{{$1}}"));
    }
  }

  /**
   * Checks what a trial asks for.
   *
   * @param fixed whether the number of its slots is no hyperparameter
   */
  void resources(boolean fixed) {
    top.inner("resources")
        .ifPresent(inner -> {
          slots(inner, fixed);
          inner.number("max_slots", 0, MOST_SLOTS);
          inner.real("weight");
          inner.number("priority", 1, HIGHEST_PRIORITY);
          pod.sharedMemory(inner);
          inner.warnOf("max_slots", "weight", "priority");
          inner.rest(
              "resource_pool",
              "is_single_node",
              "devices",
              "native_parallel",
              "slots",
              "agent_label");
        });
  }

  private void slots(Foreign inner, boolean fixed) {
    if (!fixed) {
      inner.node("slots_per_trial");
      return;
    }
    var slots = inner.number("slots_per_trial", 0, MOST_SLOTS);
    slots.ifPresent(pod::slots);
    if (slots.orElse(1) > 1) {
      inner.warn(
          "slots_per_trial",
          "is left aside for what `--gpu N` or `--cpu N` says" + DeterminedPod.LOCALLY);
    }
  }
}
