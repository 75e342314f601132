package ferry.experiment;

import ferry.error.SystemError;
import ferry.run.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A book in memory that can die before or after it wrote, or have no room for a while. */
public final class MemoryExperimentBook implements ExperimentBook {
  private final Map<RunId, Experiment> experiments = new LinkedHashMap<>();
  private final Map<RunId, List<ExperimentEvent>> events = new LinkedHashMap<>();
  private final Map<RunId, ExperimentSummary> summaries = new LinkedHashMap<>();
  private final Map<RunId, TreeMap<Integer, TrialRecord>> trials = new LinkedHashMap<>();
  int appends;
  int dieBefore = -1;
  int dieAfter = -1;
  int fullUntil = -1;
  int fullFrom = Integer.MAX_VALUE;

  /** The process is gone. */
  static final class Dead extends Error {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void append(List<Entry> entries) {
    appends++;
    if (appends == dieBefore) {
      throw new Dead();
    }
    if (appends >= fullFrom && appends < fullUntil) {
      throw new SystemError.Unavailable("the disk is full", List.of()).thrown();
    }
    entries.forEach(this::write);
    if (appends == dieAfter) {
      throw new Dead();
    }
  }

  private void write(Entry entry) {
    var id = entry.experiment().id();
    if (entry.isNew()) {
      experiments.put(id, entry.experiment());
    }
    var record = events.computeIfAbsent(id, _ -> new ArrayList<>());
    if (record.size() != entry.first()) {
      throw new IllegalStateException(record.size() + " events, and " + entry.first() + " come");
    }
    record.addAll(entry.events());
    summaries.put(id, entry.after());
    entry
        .trials()
        .forEach(
            trial -> trials.computeIfAbsent(id, _ -> new TreeMap<>()).put(trial.number(), trial));
  }

  @Override
  public Optional<Experiment> experiment(RunId id) {
    return Optional.ofNullable(experiments.get(id));
  }

  @Override
  public List<ExperimentEvent> events(RunId id) {
    return List.copyOf(events.getOrDefault(id, List.of()));
  }

  @Override
  public List<RunId> unfinished() {
    return summaries.values().stream()
        .filter(summary -> !summary.state().isEnded())
        .map(ExperimentSummary::id)
        .toList();
  }

  @Override
  public List<ExperimentSummary> list(Optional<RunId> after, int limit) {
    return List.copyOf(summaries.values());
  }

  @Override
  public Optional<ExperimentSummary> find(RunId id) {
    return Optional.ofNullable(summaries.get(id));
  }

  @Override
  public List<RunId> startingWith(String prefix) {
    return List.of();
  }

  @Override
  public List<TrialRecord> trials(RunId id, int after, int limit) {
    return List.copyOf(trials.getOrDefault(id, new TreeMap<>()).values());
  }

  @Override
  public Optional<TrialRecord> trial(RunId id, int number) {
    return Optional.ofNullable(trials.getOrDefault(id, new TreeMap<>()).get(number));
  }
}
