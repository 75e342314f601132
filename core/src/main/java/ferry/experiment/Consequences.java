package ferry.experiment;

import ferry.run.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What follows from events: to be done once they are durable. */
final class Consequences {
  final List<TrialLaunch> starts = new ArrayList<>();

  /** Runs to stop, and why. */
  final Map<RunId, String> stops = new LinkedHashMap<>();

  /** Runs that were put aside and may still be saving what they need, and why they shall end. */
  final Map<RunId, String> saving = new LinkedHashMap<>();

  /** Trials that are not as they were, by number. */
  final SortedSet<Integer> changed = new TreeSet<>();

  /** Events that the searcher's decisions lead to at once. */
  final List<ExperimentEvent> events = new ArrayList<>();
}
