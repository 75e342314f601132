package ferry.kubernetes;

import ferry.backend.PodKeys;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many of Determined's slots a step takes: GPUs, in a cluster that has any. Where nodes may not
 * be listed it is taken to have them.
 */
record Slots(int number) {
  private static final String GPU = "nvidia.com/gpu";

  /** Those of a run; nothing where it takes none. */
  static Optional<Slots> in(Map<String, String> setting) {
    return Optional.ofNullable(setting.get(PodKeys.SLOTS))
        .map(text -> new Slots(Integer.parseInt(text)))
        .filter(slots -> slots.number > 0);
  }

  static void remove(Map<String, String> setting) {
    setting.remove(PodKeys.SLOTS);
  }

  /** The Pod with its GPUs, or with a word on why it has none. */
  PodSetting over(PodSetting setting, KubernetesClient client) {
    return over(setting, hasGpus(client));
  }

  PodSetting over(PodSetting setting, boolean hasGpus) {
    if (!hasGpus) {
      return with(
          setting,
          "No node has GPUs, so `slots_per_trial` is left aside; `--cpu N` asks for more.");
    }
    var amount = new Quantity(Integer.toString(number));
    var container =
        new ContainerBuilder(setting.container())
            .editOrNewResources()
            .addToLimits(GPU, amount)
            .removeFromRequests(GPU)
            .endResources()
            .build();
    var pod = new PodSpecBuilder(setting.pod()).withContainers(container).build();
    var other =
        new PodSetting(
            pod,
            setting.labels(),
            setting.annotations(),
            setting.directory(),
            setting.inPlace(),
            setting.notes(),
            setting.left());
    return with(other, "Each step takes as many GPUs as `slots_per_trial` says: " + number + ".");
  }

  private static PodSetting with(PodSetting setting, String note) {
    var notes = new ArrayList<>(setting.notes());
    notes.add(note);
    return new PodSetting(
        setting.pod(),
        setting.labels(),
        setting.annotations(),
        setting.directory(),
        setting.inPlace(),
        notes,
        setting.left());
  }

  private static boolean hasGpus(KubernetesClient client) {
    try {
      return hasGpus(client.nodes().list().getItems());
    } catch (KubernetesClientException _) {
      return true; // nobody may look: a step that waits says what it waits for
    }
  }

  static boolean hasGpus(List<Node> nodes) {
    return nodes.stream()
        .map(node -> node.getStatus().getAllocatable())
        .anyMatch(room -> room != null && isSome(room.get(GPU)));
  }

  private static boolean isSome(@org.jspecify.annotations.Nullable Quantity amount) {
    return amount != null && amount.getNumericalAmount().signum() > 0;
  }
}
