package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a Pod tells its containers of itself. */
final class PodFacts {
  private static final Pattern ENTRY =
      Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)']");

  private PodFacts() {}

  /**
   * The value of a label or annotation that a variable refers to: the step's Pod does not have it,
   * so it is written out. Empty for every other reference.
   */
  static Optional<String> ofMetadata(Pod pod, EnvVarSource source) {
    if (source.getFieldRef() == null) {
      return Optional.empty();
    }
    var entry = ENTRY.matcher(source.getFieldRef().getFieldPath());
    if (!entry.matches()) {
      return Optional.empty();
    }
    var metadata = pod.getMetadata();
    Map<String, String> values =
        entry.group(1).equals("labels") ? metadata.getLabels() : metadata.getAnnotations();
    return Optional.of(values == null ? "" : values.getOrDefault(entry.group(2), ""));
  }
}
