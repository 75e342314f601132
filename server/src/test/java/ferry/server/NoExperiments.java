package ferry.server;

import ferry.experiment.Experiment;
import ferry.experiment.ExperimentBook;
import ferry.experiment.ExperimentEvent;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import java.util.List;
import java.util.Optional;

/** A book in which nothing stands. */
class NoExperiments implements ExperimentBook {
  @Override
  public void append(List<Entry> entries) {}

  @Override
  public Optional<Experiment> experiment(RunId id) {
    return Optional.empty();
  }

  @Override
  public List<ExperimentEvent> events(RunId id) {
    return List.of();
  }

  @Override
  public List<RunId> unfinished() {
    return List.of();
  }

  @Override
  public List<ExperimentSummary> list(Optional<RunId> after, int limit) {
    return List.of();
  }

  @Override
  public Optional<ExperimentSummary> find(RunId id) {
    return Optional.empty();
  }

  @Override
  public List<RunId> startingWith(String prefix) {
    return List.of();
  }

  @Override
  public List<TrialRecord> trials(RunId id, int after, int limit) {
    return List.of();
  }

  @Override
  public Optional<TrialRecord> trial(RunId id, int number) {
    return Optional.empty();
  }
}
