package ferry.engine;

import ferry.backend.Plan;
import ferry.error.SystemError;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A journal in memory that outlives the engine, and can have no room for a while. */
final class SimulatedJournal implements Journal {
  final Map<RunId, Plan> plans = new LinkedHashMap<>();
  final Map<RunId, List<RunEvent>> events = new LinkedHashMap<>();
  final Map<RunId, RunState> states = new LinkedHashMap<>();
  final Set<RunId> poisonous = new HashSet<>();
  final Set<RunId> withoutEnvironment = new HashSet<>();
  final Map<RunId, String> givenUp = new LinkedHashMap<>();
  boolean full;
  boolean violated;

  @Override
  public void append(List<Entry> entries) {
    if (full) {
      throw new SystemError.Unavailable("the disk is full", List.of()).thrown();
    }
    if (entries.stream().anyMatch(entry -> poisonous.contains(entry.plan().id()))) {
      throw new IllegalStateException("a fault in the journal");
    }
    for (var entry : entries) {
      if (entry.isNew() == plans.containsKey(entry.plan().id())) {
        violated = true;
        throw new IllegalStateException("a run is recorded as new once: " + entry.plan().id());
      }
      plans.putIfAbsent(entry.plan().id(), entry.plan());
      events.computeIfAbsent(entry.plan().id(), _ -> new ArrayList<>()).addAll(entry.events());
      states.put(entry.plan().id(), entry.after());
    }
  }

  @Override
  public Optional<Plan> plan(RunId run) {
    if (withoutEnvironment.contains(run)) {
      throw new SystemError.Unavailable("the environment is gone", List.of()).thrown();
    }
    return bare(run);
  }

  @Override
  public Optional<Plan> bare(RunId run) {
    return Optional.ofNullable(plans.get(run));
  }

  @Override
  public void giveUp(RunId run, Instant at, String reason) {
    givenUp.put(run, reason);
  }

  @Override
  public List<RunEvent> events(RunId run) {
    return List.copyOf(events.getOrDefault(run, List.of()));
  }

  @Override
  public List<RunId> unfinished() {
    return plans.keySet().stream()
        .filter(run -> !states.get(run).status().isEnded())
        .filter(run -> !givenUp.containsKey(run))
        .toList();
  }
}
