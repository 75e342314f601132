package ferry.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the setting of a trial's plan says of checkpoints that other trials of its experiment go on
 * from.
 */
public final class Checkpoints {
  private static final String KEY = "checkpoints";
  private static final String KEPT = "checkpoints_kept";

  private Checkpoints() {}

  /** A setting by which a run shares its checkpoints with all others of an experiment. */
  public static Map<String, String> shared(Map<String, String> setting, String experiment) {
    var all = new LinkedHashMap<>(setting);
    all.put(KEY, experiment);
    return all;
  }

  /** A setting by which it shares nothing. */
  public static Map<String, String> own(Map<String, String> setting) {
    var all = new LinkedHashMap<>(setting);
    all.remove(KEY);
    return all;
  }

  /** A setting by which only so many trials, the best, keep theirs when the search has ended. */
  public static Map<String, String> keepBest(Map<String, String> setting, int trials) {
    var all = new LinkedHashMap<>(setting);
    all.put(KEPT, Integer.toString(trials));
    return all;
  }

  /** How many trials keep theirs when the search has ended; empty for all of them. */
  public static OptionalInt keptBest(Plan plan) {
    var text = plan.setting().get(KEPT);
    return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  /** The experiment whose trials share their checkpoints with this run. */
  public static Optional<String> of(Plan plan) {
    return Optional.ofNullable(plan.setting().get(KEY));
  }
}
