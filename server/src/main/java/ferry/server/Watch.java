package ferry.server;

import ferry.run.RunState;
import ferry.run.RunStatus;
import ferry.run.StepRun;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one watcher of a run has not been told yet: which step runs changed, not what became of them
 * meanwhile. However slow the watcher is, that takes a bit for each step run and no more.
 */
final class Watch implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Consumer<Watch> onClose;
  private final BitSet steps = new BitSet();
  private @Nullable Status status;
  private boolean ended;

  /** What a run is doing, and why where somebody stopped it. */
  record Status(RunStatus status, String reason) {}

  /** What changed since last asked: the indexes of step runs, and the run itself where it did. */
  record Changes(List<Integer> steps, Optional<Status> run) {
    boolean isEmpty() {
      return steps.isEmpty() && run.isEmpty();
    }
  }

  Watch(Consumer<Watch> onClose) {
    this.onClose = onClose;
  }

  void changed(List<StepRun> stepRuns, RunState after) {
    lock.lock();
    try {
      stepRuns.forEach(stepRun -> steps.set(stepRun.index()));
      status = new Status(after.status(), after.stopReason().orElse(""));
      ended = after.status().isEnded();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what changed, and waits for it where need be. Changes are gathered until a moment, except
   * that the end of the run is told at once.
   *
   * @param gatherUntil as {@link System#nanoTime} counts
   * @param deadline when to come back with nothing
   */
  Changes take(long gatherUntil, long deadline) throws InterruptedException {
    lock.lock();
    try {
      long left = wait(gatherUntil, deadline);
      while (left > 0) {
        changed.awaitNanos(left);
        left = wait(gatherUntil, deadline);
      }
      var taken = new Changes(steps.stream().boxed().toList(), Optional.ofNullable(status));
      steps.clear();
      status = null;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private long wait(long gatherUntil, long deadline) {
    long now = System.nanoTime();
    if (ended) {
      return 0;
    }
    boolean something = status != null || !steps.isEmpty();
    return something ? Math.min(gatherUntil - now, deadline - now) : deadline - now;
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
