package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a Pod takes of a node, as the scheduler counts it. */
final class PodRequests {
  private PodRequests() {}

  /** By resource: all containers together, or one that comes before them where that is more. */
  static Map<String, BigDecimal> of(Pod pod) {
    var all = new HashMap<String, BigDecimal>();
    pod.getSpec()
        .getContainers()
        .forEach(
            one -> of(one).forEach((name, amount) -> all.merge(name, amount, BigDecimal::add)));
    if (pod.getSpec().getInitContainers() != null) {
      pod.getSpec()
          .getInitContainers()
          .forEach(
              one -> of(one).forEach((name, amount) -> all.merge(name, amount, BigDecimal::max)));
    }
    numbers(pod.getSpec().getOverhead())
        .forEach((name, amount) -> all.merge(name, amount, BigDecimal::add));
    return all;
  }

  private static Map<String, BigDecimal> of(Container container) {
    var resources = container.getResources();
    if (resources == null) {
      return Map.of();
    }
    var all = numbers(resources.getLimits()); // what asks for nothing asks for its limit
    all.putAll(numbers(resources.getRequests()));
    return all;
  }

  private static Map<String, BigDecimal> numbers(
      @org.jspecify.annotations.Nullable Map<String, Quantity> amounts) {
    var all = new HashMap<String, BigDecimal>();
    Optional.ofNullable(amounts)
        .orElse(Map.of())
        .forEach((name, amount) -> all.put(name, amount.getNumericalAmount()));
    return all;
  }
}
