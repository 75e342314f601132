package ferry.tracking;

import ferry.run.RunId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
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
}
