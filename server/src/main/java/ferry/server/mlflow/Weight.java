package ferry.server.mlflow;

import ferry.registry.LoggedModel;
import ferry.registry.Model;
import ferry.registry.ModelVersion;
import ferry.tracking.RunGroup;
import java.util.List;
import java.util.Map;

/** How much of an answer things take, roughly and in bytes: pages end where it becomes much. */
final class Weight {
  /** Of a page: what is longer goes on with the next one. */
  static final long MOST = 8L << 20;

  /** The words around what is said, and the numbers. */
  private static final int FRAME = 500;

  private static final int POINT = 90;

  private Weight() {}

  static long of(RunGroup group) {
    return FRAME + group.name().length() + of(group.tags());
  }

  static long of(Model model, List<ModelVersion> latest) {
    long all = FRAME + model.description().length() + of(model.tags());
    return all + latest.stream().mapToLong(Weight::of).sum();
  }

  static long of(ModelVersion version) {
    return FRAME + version.description().length() + version.source().length() + of(version.tags());
  }

  static long of(LoggedModel model) {
    long metrics =
        model.metrics().stream()
            .mapToLong(measure -> FRAME + measure.metric().key().length())
            .sum();
    return FRAME + model.name().length() + of(model.params()) + of(model.tags()) + metrics;
  }

  /** How many points of a metric a page has room for. */
  static int points(String key) {
    return (int) (MOST / (POINT + key.length()));
  }

  private static long of(Map<String, String> texts) {
    return texts.entrySet().stream()
        .mapToLong(text -> 20 + text.getKey().length() + text.getValue().length())
        .sum();
  }
}
