package ferry.server;

import ferry.backend.Plan;
import ferry.engine.RunListener;
import ferry.error.UserException;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what changed in runs to those who watch them. */
public final class RunFeed implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(RunFeed.class);

  private final Map<RunId, Set<Watch>> watches = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  /** Begins to watch a run; what changed before is not told. */
  Watch watch(RunId run) {
    open.incrementAndGet();
    var watch = new Watch(gone -> forget(run, gone));
    watches.compute(
        run,
        (_, others) -> {
          Set<Watch> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(watch);
          return all;
        });
    return watch;
  }

  private void forget(RunId run, Watch gone) {
    open.decrementAndGet();
    watches.computeIfPresent(
        run,
        (_, all) -> {
          all.remove(gone);
          return all.isEmpty() ? null : all;
        });
  }

  /** What waits has nothing new to show but why. */
  private static boolean waitsAsBefore(StepRun stepRun, RunState before) {
    return stepRun.state().word().equals("waiting")
        && stepRun.index() < before.size()
        && stepRun.looksLike(before.stepRun(stepRun.index()));
  }

  /** A listener that passes everything on to others as well. */
  RunListener and(RunListener... others) {
    return new RunListener() {
      @Override
      public void changed(Plan plan, List<RunEvent> events, RunState before, RunState after) {
        RunFeed.this.changed(plan, events, before, after);
        for (var other : others) {
          other.changed(plan, events, before, after);
        }
      }

      @Override
      public void leftBehind(RunId run, UserException why) {
        RunFeed.this.leftBehind(run, why);
      }
    };
  }

  /** How many watch some run now. */
  int watching() {
    return open.get();
  }

  @Override
  public void leftBehind(RunId run, UserException why) {
    LOG.error("run {} cannot go on: {}", run, why.getMessage());
  }

  @Override
  public void faulty(RunId run, Throwable fault) {
    LOG.error("run {} met a fault of Ferry's", run, fault);
  }

  @Override
  public void changed(Plan plan, List<RunEvent> events, RunState before, RunState after) {
    var watching = watches.getOrDefault(plan.id(), Set.of());
    if (!watching.isEmpty()) {
      var changed =
          after.changedSince(before).stream()
              .filter(stepRun -> !waitsAsBefore(stepRun, before))
              .toList();
      watching.forEach(watch -> watch.changed(changed, after));
    }
  }
}
