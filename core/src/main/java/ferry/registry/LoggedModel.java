package ferry.registry;

import ferry.tracking.Metric;
import ferry.tracking.TrackedId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model as a run logged it, whether it is ever registered or not.
 *
 * @param group the id of the group that it belongs to
 */
public record LoggedModel(
    String id,
    String group,
    String name,
    String type,
    Optional<TrackedId> run,
    State state,
    Instant created,
    Instant updated,
    String artifacts,
    Map<String, String> params,
    Map<String, String> tags,
    List<Measure> metrics) {

  /** How far its files have come. */
  public enum State {
    PENDING,
    READY,
    FAILED
  }

  /** A metric of the model, on a data set that may be named. */
  public record Measure(Metric metric, TrackedId run, String dataset, String digest) {}

  public LoggedModel {
    params = Collections.unmodifiableMap(new TreeMap<>(params));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    metrics = List.copyOf(metrics);
  }

  public LoggedModel withState(State next) {
    return new LoggedModel(
        id, group, name, type, run, next, created, updated, artifacts, params, tags, metrics);
  }

  public LoggedModel withTags(Map<String, String> others) {
    return new LoggedModel(
        id, group, name, type, run, state, created, updated, artifacts, params, others, metrics);
  }

  public LoggedModel withParams(Map<String, String> others) {
    return new LoggedModel(
        id, group, name, type, run, state, created, updated, artifacts, others, tags, metrics);
  }
}
