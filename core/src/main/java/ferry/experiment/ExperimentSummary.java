package ferry.experiment;

import ferry.run.RunId;
import ferry.search.Goal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * An experiment in a list.
 *
 * @param reason why it ended, or what is worth knowing while it goes on; empty where there is
 *     nothing
 * @param notes what else a person must know, in plain sentences
 * @param metric its name: as it is printed, once it was seen, else as it was asked for
 * @param form in what way it is printed; empty until it was seen
 * @param planned how many trials there are to be
 * @param trials how many are in which state
 * @param best the number of the best trial
 * @param labels words by which people find it again
 */
public record ExperimentSummary(
    RunId id,
    String workflow,
    State state,
    String reason,
    List<String> notes,
    String metric,
    String form,
    Goal goal,
    String method,
    int planned,
    Map<TrialRecord.State, Integer> trials,
    OptionalInt best,
    Instant submitted,
    Optional<Instant> ended,
    double progress,
    List<String> labels) {

  public ExperimentSummary {
    notes = List.copyOf(notes);
    trials = Collections.unmodifiableMap(new TreeMap<>(trials));
    labels = List.copyOf(labels);
  }

  /** Where an experiment stands. */
  public enum State {
    RUNNING,
    /** What runs goes on, and nothing starts. */
    PAUSED,
    /** At least one of its trials came to its end. */
    SUCCEEDED,
    FAILED,
    /** Somebody ended it. */
    STOPPED;

    public boolean isEnded() {
      return this == SUCCEEDED || this == FAILED || this == STOPPED;
    }

    /** The word for it in lists and JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
