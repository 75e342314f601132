package ferry.tracking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is logged for a tracked run at once: all of it is kept, or nothing.
 *
 * @param params said once: the same value again is fine, another one is refused
 * @param tags the last one holds
 */
public record Batch(List<Metric> metrics, Map<String, String> params, Map<String, String> tags) {
  public Batch {
    metrics = List.copyOf(metrics);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  public static Batch ofMetrics(List<Metric> metrics) {
    return new Batch(metrics, Map.of(), Map.of());
  }

  public static Batch ofParams(Map<String, String> params) {
    return new Batch(List.of(), params, Map.of());
  }

  public static Batch ofTags(Map<String, String> tags) {
    return new Batch(List.of(), Map.of(), tags);
  }

  public boolean isEmpty() {
    return metrics.isEmpty() && params.isEmpty() && tags.isEmpty();
  }
}
