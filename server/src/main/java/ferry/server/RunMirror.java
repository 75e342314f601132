package ferry.server;

import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.engine.RunListener;
import ferry.error.UserException;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.tracking.TrackedRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is tracked of Ferry's own runs and step runs up to date. Changes are gathered for a
 * moment, so that a run of a thousand short steps and a search of a thousand short trials cost a
 * few transactions, but the end of a run that is no trial at once: whoever waited for it may ask
 * now. What a server that died had not written is written when the next one starts.
 */
public final class RunMirror implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunMirror.class);
  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** So many runs are written at once: engines wait meanwhile. */
  private static final int TOGETHER = 20;

  private static final Duration LATER = Duration.ofSeconds(3);

  private final TrackedRuns tracked;
  private final Map<RunId, Set<Integer>> changed = new LinkedHashMap<>();
  private final Thread thread;
  private final Thread earlier;
  private boolean someEnded;

  public RunMirror(TrackedRuns tracked) {
    this.tracked = tracked;
    thread = Thread.ofVirtual().name("mirror").unstarted(this::run);
    earlier = Thread.ofVirtual().name("mirror of earlier runs").unstarted(this::catchUp);
  }

  /** Begins to write. */
  public void start() {
    thread.start();
    earlier.start();
  }

  @Override
  public void changed(Plan plan, List<RunEvent> events, RunState before, RunState after) {
    var steps = after.changedSince(before).stream().map(StepRun::index).toList();
    boolean isAwaited = after.status().isEnded() && plan.origin().kind() != Origin.Kind.TRIAL;
    synchronized (changed) {
      boolean sleeps = changed.isEmpty() || isAwaited && !someEnded;
      changed.computeIfAbsent(plan.id(), _ -> new TreeSet<>()).addAll(steps);
      someEnded |= isAwaited;
      if (sleeps) {
        changed.notifyAll();
      }
    }
  }

  private void run() {
    try {
      while (true) {
        awaitChanges();
        write();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void awaitChanges() throws InterruptedException {
    synchronized (changed) {
      while (changed.isEmpty()) {
        changed.wait();
      }
      long end = System.nanoTime() + MOMENT.toNanos();
      for (long left = MOMENT.toMillis(); left > 0 && !someEnded; left = millisUntil(end)) {
        changed.wait(left);
      }
    }
  }

  private static long millisUntil(long end) {
    return Duration.ofNanos(end - System.nanoTime()).toMillis();
  }

  private void catchUp() {
    try {
      Thread.sleep(LATER);
      for (var run : tracked.outdated()) {
        tracked.refresh(List.of(run));
      }
    } catch (UserException trouble) {
      LOG.warn("what is tracked of earlier runs is not up to date: {}", trouble.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void write() {
    var now = new ArrayList<TrackedRuns.Outdated>();
    synchronized (changed) {
      changed.forEach((run, steps) -> now.add(new TrackedRuns.Outdated(run, List.copyOf(steps))));
      changed.clear();
      someEnded = false;
    }
    for (int from = 0; from < now.size(); from += TOGETHER) {
      var some = now.subList(from, Math.min(from + TOGETHER, now.size()));
      try {
        tracked.refresh(some);
      } catch (UserException trouble) {
        var first = some.getFirst().run();
        LOG.warn("what is tracked of {} is not up to date: {}", first, trouble.getMessage());
      }
    }
  }

  @Override
  public void close() {
    earlier.interrupt();
    thread.interrupt();
    write();
  }
}
