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
 * A run that a script opens.
 *
 * @param run the run of Ferry that the script is a step of
 */
public record NewRun(
    TrackedId id,
    String group,
    String name,
    String user,
    Instant started,
    Optional<TrackedId> parent,
    Optional<RunId> run,
    Map<String, String> tags) {
  public NewRun {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** The run as it is once it was opened, with its files below those of its group. */
  public TrackedRun opened(String artifactsOfGroup) {
    return new TrackedRun(
        id,
        group,
        name,
        user,
        RunStatus.RUNNING,
        started,
        Optional.empty(),
        false,
        artifactsOfGroup + "/" + id + "/artifacts",
        parent,
        run,
        List.of(),
        Map.of(),
        tags,
        List.of(),
        List.of());
  }
}
