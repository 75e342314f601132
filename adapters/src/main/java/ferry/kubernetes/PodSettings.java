package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Reads what the step's container of a Pod was given. */
final class PodSettings {
  private PodSettings() {}

  static @Nullable Quantity limit(Pod pod, String resource) {
    return pod.getSpec().getContainers().stream()
        .filter(one -> PodSetting.isStep(one.getName()))
        .filter(one -> one.getResources() != null && one.getResources().getLimits() != null)
        .map(one -> one.getResources().getLimits().get(resource))
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
