package ferry.server;

import ferry.experiment.ExperimentBook.Entry;
import ferry.experiment.Experiments;
import ferry.run.RunId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what changed in experiments to those who watch them. */
public final class ExperimentFeed implements Experiments.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ExperimentFeed.class);

  private final Map<RunId, Set<ExperimentWatch>> watches = new ConcurrentHashMap<>();

  /** Begins to watch an experiment; what changed before is not told. */
  ExperimentWatch watch(RunId experiment) {
    var watch = new ExperimentWatch(gone -> forget(experiment, gone));
    watches.compute(
        experiment,
        (_, others) -> {
          Set<ExperimentWatch> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(watch);
          return all;
        });
    return watch;
  }

  private void forget(RunId experiment, ExperimentWatch gone) {
    watches.computeIfPresent(
        experiment,
        (_, all) -> {
          all.remove(gone);
          return all.isEmpty() ? null : all;
        });
  }

  int watching() {
    return watches.size();
  }

  @Override
  public void leftBehind(RunId experiment, RuntimeException why) {
    LOG.error("experiment {} cannot go on: {}", experiment, why.getMessage());
  }

  @Override
  public void missed(RunId experiment, RuntimeException why) {
    LOG.error("a change of experiment {} was not passed on to those who watch it", experiment, why);
  }

  @Override
  public void changed(Entry entry) {
    watches
        .getOrDefault(entry.experiment().id(), Set.of())
        .forEach(watch -> watch.changed(entry.after(), entry.trials()));
  }
}
