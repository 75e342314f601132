package ferry.submission;

import ferry.experiment.TrialLaunch;
import ferry.run.RunId;
import ferry.run.RunStatus;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The runs that a trial waits for before its own is made: the one whose place it takes, and the one
 * whose checkpoints it begins with. Both may still be ending.
 */
final class Predecessors {
  /** So often is looked whether a trial has saved its checkpoint before it is stopped. */
  static final long LOOKS_TO_SAVE = 600;

  private final Function<RunId, Optional<RunStatus>> runs;
  private final Predicate<RunId> isStopping;
  private final BiConsumer<RunId, String> stop;
  private final Runnable pause;

  /**
   * Waits for runs.
   *
   * @param runs how those stand that are known
   * @param isStopping whether a run shall end: then it need not wait
   * @param stop asks a run to end, and says why
   * @param pause a while between two looks
   */
  Predecessors(
      Function<RunId, Optional<RunStatus>> runs,
      Predicate<RunId> isStopping,
      BiConsumer<RunId, String> stop,
      Runnable pause) {
    this.runs = runs;
    this.isStopping = isStopping;
    this.stop = stop;
    this.pause = pause;
  }

  /** Returns when the trial's run may be made, or shall end, or is made already. */
  void await(TrialLaunch trial) {
    trial.after().ifPresent(before -> awaitPlace(before, trial.run()));
    trial.checkpoint().ifPresent(before -> awaitCheckpoints(before, trial.run()));
  }

  /**
   * One that was put aside has only so long to save what it needs; one that was trained to its end
   * has as long as it takes.
   */
  private void awaitPlace(TrialLaunch.Predecessor before, RunId run) {
    for (long looks = 1; isToCome(run) && goesOn(before.run()); looks++) {
      if (looks == LOOKS_TO_SAVE && before.isPutAside()) {
        stop.accept(before.run(), "another takes its place");
      }
      pause.run();
    }
  }

  /** It may be saving them, but not for ever. */
  private void awaitCheckpoints(RunId before, RunId run) {
    for (long looks = 1; isToCome(run) && goesOn(before); looks++) {
      if (looks == LOOKS_TO_SAVE) {
        stop.accept(before, "another begins with its checkpoint");
      }
      pause.run();
    }
  }

  /** Stops a run that was put aside when its time to save what it needs is over. */
  void stopOnceSaved(RunId run, String why) {
    for (long looks = 1; looks < LOOKS_TO_SAVE; looks++) {
      if (!goesOn(run) || isStopping.test(run)) {
        return;
      }
      pause.run();
    }
    stop.accept(run, why);
  }

  private boolean isToCome(RunId run) {
    return runs.apply(run).isEmpty() && !isStopping.test(run);
  }

  private boolean goesOn(RunId run) {
    return runs.apply(run).filter(status -> !status.isEnded()).isPresent();
  }
}
