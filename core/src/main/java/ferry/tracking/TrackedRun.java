package ferry.tracking;

import ferry.run.RunId;
import ferry.run.RunStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run with what was logged for it.
 *
 * @param group the id of its group
 * @param run the run of Ferry that it is, or is part of
 * @param metrics the newest point of each key
 * @param inputs data sets that it used
 * @param models logged models that it used or made
 */
public record TrackedRun(
    TrackedId id,
    String group,
    String name,
    String user,
    RunStatus status,
    Instant started,
    Optional<Instant> ended,
    boolean deleted,
    String artifacts,
    Optional<TrackedId> parent,
    Optional<RunId> run,
    List<Metric> metrics,
    Map<String, String> params,
    Map<String, String> tags,
    List<Dataset> inputs,
    List<ModelLink> models) {

  /**
   * A data set that a run used.
   *
   * @param fields its source, schema and profile, as they were said
   */
  public record Dataset(
      String name, String digest, Map<String, String> fields, Map<String, String> tags) {
    public Dataset {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
  }

  /** A logged model that a run used ({@code isOutput} false) or made at a step. */
  public record ModelLink(String model, boolean isOutput, long step) {}

  public TrackedRun {
    metrics = List.copyOf(metrics);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    inputs = List.copyOf(inputs);
    models = List.copyOf(models);
  }
}
