package ferry.experiment;

import ferry.collect.LogMetrics;
import ferry.error.UserException;
import ferry.run.RunId;
import ferry.search.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What was asked of experiments and told to them, from any thread, and not taken up yet. */
final class ExperimentInbox implements TrialRunner.Reports {
  private final BlockingQueue<ExperimentWish> wishes = new LinkedBlockingQueue<>();

  /** Adds a wish without waiting for its answer. */
  void put(ExperimentWish wish) {
    wishes.add(wish);
  }

  /**
   * Adds a wish and waits until it is granted.
   *
   * @throws UserException where it cannot be
   */
  void await(ExperimentWish.Awaited wish) {
    put(wish);
    try {
      wish.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UserException refused ? refused : e;
    }
  }

  boolean isEmpty() {
    return wishes.isEmpty();
  }

  /** Everything that is there; nothing where there is nothing. */
  List<ExperimentWish> takeAll() {
    var batch = new ArrayList<ExperimentWish>();
    wishes.drainTo(batch);
    return batch;
  }

  /**
   * Everything that is there, once there is something.
   *
   * @param most how long it waits at most; empty for as long as it takes
   */
  List<ExperimentWish> await(Optional<Duration> most) throws InterruptedException {
    var batch = new ArrayList<ExperimentWish>();
    var first =
        most.isEmpty()
            ? wishes.take()
            : wishes.poll(most.get().toMillis() + 1, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      wishes.drainTo(batch);
    }
    return batch;
  }

  @Override
  public void seen(
      RunId experiment,
      int trial,
      int continued,
      String source,
      long first,
      List<LogMetrics.Found> found) {
    put(new ExperimentWish.Seen(experiment, trial, continued, source, first, found));
  }

  @Override
  public void waits(RunId experiment, int trial, int continued, String why) {
    put(new ExperimentWish.Waits(experiment, trial, continued, why));
  }

  @Override
  public void wrote(RunId experiment, int trial, List<String> paths) {
    put(new ExperimentWish.Wrote(experiment, trial, paths));
  }

  @Override
  public void ended(
      RunId experiment,
      int trial,
      int continued,
      Ending ending,
      String reason,
      List<String> likely) {
    put(new ExperimentWish.TrialEnded(experiment, trial, continued, ending, reason, likely));
  }
}
