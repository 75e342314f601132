package ferry.submission;

import ferry.backend.Checkpoints;
import ferry.error.UserException;
import ferry.experiment.Experiment;
import ferry.experiment.ExperimentBook;
import ferry.experiment.ExperimentBook.Entry;
import ferry.experiment.Experiments;
import ferry.experiment.TrialOrder;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import ferry.search.Goal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Deletes checkpoints of trials that are not among the best, when their search has ended and its
 * plan says so, or when the next server begins. What cannot be deleted then stays until `ferry rm`.
 */
public final class CheckpointPruning implements Experiments.Listener {
  private static final int PAGE = 100;

  private final Experiments.Listener next;
  private final ExperimentBook book;
  private final TrialFiles files;
  private final Executor deleting;

  /**
   * A listener that passes on what it hears.
   *
   * @param next who hears of it too
   * @param deleting runs what deletes files
   */
  public CheckpointPruning(
      Experiments.Listener next, ExperimentBook book, TrialFiles files, Executor deleting) {
    this.next = next;
    this.deleting = deleting;
    this.book = book;
    this.files = files;
  }

  @Override
  public void changed(Entry entry) {
    var kept = Checkpoints.keptBest(entry.experiment().template());
    if (kept.isPresent() && entry.after().state().isEnded()) {
      deleting.execute(() -> prune(entry.experiment(), kept.getAsInt()));
    }
    next.changed(entry);
  }

  /** A server may have died between the end of a search and this. */
  @Override
  public void begins() {
    deleting.execute(this::makeUp);
    next.begins();
  }

  private void makeUp() {
    var page = book.list(Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      page.stream().filter(one -> one.state().isEnded()).forEach(one -> makeUp(one.id()));
      page = page.size() < PAGE ? List.of() : book.list(Optional.of(page.getLast().id()), PAGE);
    }
  }

  private void makeUp(RunId id) {
    try {
      book.experiment(id)
          .ifPresent(experiment ->
              Checkpoints.keptBest(experiment.template())
                  .ifPresent(kept -> prune(experiment, kept)));
    } catch (RuntimeException unreadable) {
      next.missed(id, unreadable);
    }
  }

  @Override
  public void leftBehind(RunId experiment, RuntimeException why) {
    next.leftBehind(experiment, why);
  }

  @Override
  public void missed(RunId experiment, RuntimeException why) {
    next.missed(experiment, why);
  }

  private void prune(Experiment experiment, int kept) {
    var order =
        experiment.search().goal() == Goal.MAXIMIZE ? TrialOrder.HIGHEST : TrialOrder.LOWEST;
    var best = new HashSet<Integer>();
    if (kept > 0) {
      book.first(experiment.id(), order, kept).stream()
          .filter(trial -> trial.metric().isPresent())
          .map(TrialRecord::number)
          .forEach(best::add);
    }
    try {
      for (var trial : book.trials(experiment.id(), 0, Integer.MAX_VALUE)) {
        if (!best.contains(trial.number())) {
          drop(experiment.id(), trial.number());
        }
      }
    } catch (UserException _) {
      next.missed(experiment.id(), new IllegalStateException("its checkpoints were not deleted"));
    }
  }

  /** Each time that it was gone on with, it had a run of its own. */
  private void drop(RunId experiment, int number) {
    int continued = 0;
    while (files.dropCheckpoints(Experiment.run(experiment, number, continued))) {
      continued++;
    }
  }
}
