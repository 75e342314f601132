package ferry.tracking;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tracked runs that belong together: those of one workflow, or of one name that a script chose.
 *
 * @param id a number as text; {@code 0} is there from the beginning
 * @param artifacts where files of its runs lie, like {@code mlflow-artifacts:/3}
 * @param deleted when it was put away; it can be restored
 */
public record RunGroup(
    String id,
    String name,
    String artifacts,
    Instant created,
    Instant updated,
    Optional<Instant> deleted,
    Map<String, String> tags) {

  /** The group of runs for which nobody chose one. */
  public static final String DEFAULT = "0";

  public RunGroup {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }
}
