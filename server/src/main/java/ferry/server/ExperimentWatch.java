package ferry.server;

import ferry.experiment.ExperimentSummary;
import ferry.experiment.TrialRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one watcher of an experiment has not been told yet; the newest of each trial and no more.
 */
final class ExperimentWatch implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Consumer<ExperimentWatch> onClose;
  private Map<Integer, TrialRecord> trials = new TreeMap<>();
  private @Nullable ExperimentSummary summary;

  /** What changed since last asked. */
  record Changes(Optional<ExperimentSummary> summary, Collection<TrialRecord> trials) {}

  ExperimentWatch(Consumer<ExperimentWatch> onClose) {
    this.onClose = onClose;
  }

  void changed(ExperimentSummary after, List<TrialRecord> changed) {
    lock.lock();
    try {
      summary = after;
      changed.forEach(trial -> trials.put(trial.number(), trial));
      something.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what changed, and waits for it where need be.
   *
   * @param deadline when to come back with nothing, as {@link System#nanoTime} counts
   */
  Changes take(long deadline) throws InterruptedException {
    lock.lock();
    try {
      long left = deadline - System.nanoTime();
      while (summary == null && left > 0) {
        left = something.awaitNanos(left);
      }
      var taken = new Changes(Optional.ofNullable(summary), trials.values());
      summary = null;
      trials = new TreeMap<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
