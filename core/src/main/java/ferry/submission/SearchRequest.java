package ferry.submission;

import java.util.List;
import java.util.Map;

/**
 * A search that somebody asks for.
 *
 * @param trial what every trial is to run
 * @param space parameters to search, as {@code lr=log:1e-4..1e-1}
 * @param settings as {@link ferry.experiment.SearchSettings} reads them
 * @param ofMethod the method's own settings
 */
public record SearchRequest(
    RunRequest trial,
    List<String> space,
    Map<String, String> settings,
    Map<String, String> ofMethod) {
  public SearchRequest {
    space = List.copyOf(space);
    settings = Map.copyOf(settings);
    ofMethod = Map.copyOf(ofMethod);
  }

  String digest() {
    return new ContentDigest()
        .add("search", trial.digest())
        .addAll(space)
        .addAll(new java.util.TreeMap<>(settings))
        .addAll(new java.util.TreeMap<>(ofMethod))
        .hex();
  }
}
