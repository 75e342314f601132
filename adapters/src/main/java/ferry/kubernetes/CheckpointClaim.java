package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/**
 * The claim on which all trials of an experiment keep their checkpoints, each in a directory of its
 * own, so that others can go on from them. One object owns it, and is owned by the runs that use
 * it: both stay for as long as one of these does.
 *
 * @param experiment its id
 * @param isOfOneNode whether only one node at a time can mount it
 */
public record CheckpointClaim(String experiment, boolean isOfOneNode) {
  /** Where it is mounted. */
  static final String DIRECTORY = "/ferry/checkpoints";

  /** The volume in a Pod. */
  static final String VOLUME = "ferry-checkpoints";

  String name() {
    return ObjectNames.of(experiment, "checkpoints");
  }

  /** The name of the object that owns it. */
  String keeper() {
    return ObjectNames.of(experiment, "experiment");
  }

  /** A label's value that all Pods of the experiment have. */
  String label() {
    return ObjectNames.label(experiment);
  }

  /** The object that owns it; it is not owned yet. */
  ConfigMap keeper(String home, String namespace) {
    return new ConfigMapBuilder()
        .withMetadata(meta(keeper(), home, namespace))
        .withData(Map.of("experiment", experiment))
        .build();
  }

  ObjectMeta meta(String name, String home, String namespace) {
    var labels = Labels.ours(home);
    labels.put(Labels.EXPERIMENT, label());
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(labels)
        .build();
  }
}
