package ferry.collect;

import ferry.backend.Plan;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.MetricHistory;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackingLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * The way of what was seen in logs into what is tracked: gathered for a moment, and written in
 * batches. A log that is read again from its beginning adds nothing twice.
 */
public final class MetricBatches {
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_WAITING = 200_000;
  private static final int PIECE = 10_000;

  private final TrackingLog log;
  private final MetricHistory history;
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final Map<TrackedId, List<Metric>> waiting = new LinkedHashMap<>();

  public MetricBatches(TrackingLog log, MetricHistory history) {
    this.log = log;
    this.history = history;
  }

  /**
   * For the logs of one run, which are read from their beginnings.
   *
   * @param isNew whether they were never read before
   */
  public RunMetrics of(Plan plan, boolean isNew) {
    return new RunMetrics(this, plan, isNew);
  }

  /** How many points of each key are written. */
  Map<String, Long> written(TrackedId run) {
    var counts = new HashMap<String, Long>();
    for (var metric : history.latest(run)) {
      counts.put(metric.key(), (long) history.history(run, metric.key()).size());
    }
    return counts;
  }

  /** Takes points; waits where very many wait to be written. */
  void add(TrackedId run, List<Metric> points) {
    for (int from = 0; from < points.size(); from += PIECE) {
      var piece = points.subList(from, Math.min(from + PIECE, points.size()));
      room.acquireUninterruptibly(piece.size());
      synchronized (waiting) {
        waiting.computeIfAbsent(run, _ -> new ArrayList<>()).addAll(piece);
        waiting.notifyAll();
      }
    }
  }

  /** Writes until the thread is interrupted. */
  public void run() {
    try {
      while (true) {
        synchronized (waiting) {
          while (waiting.isEmpty()) {
            waiting.wait();
          }
        }
        Thread.sleep(MOMENT);
        write();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what waits, at the end; what cannot be written now is left. */
  public void flush() {
    synchronized (waiting) {
      try {
        waiting.forEach((run, points) -> log.log(run, Batch.ofMetrics(points)));
      } catch (UserException _) {
        // the store has closed, or its disk is full: the logs have it, and are read again
      }
      waiting.clear();
    }
  }

  private void write() throws InterruptedException {
    Map<TrackedId, List<Metric>> now;
    synchronized (waiting) {
      now = new LinkedHashMap<>(waiting);
      waiting.clear();
    }
    for (var one : now.entrySet()) {
      var points = one.getValue();
      for (int from = 0; from < points.size(); from += PIECE) {
        write(one.getKey(), points.subList(from, Math.min(from + PIECE, points.size())));
      }
      room.release(points.size());
    }
  }

  /** What the machine cannot do now is tried again; a run that is gone needs nothing. */
  private void write(TrackedId run, List<Metric> points) throws InterruptedException {
    while (true) {
      try {
        log.log(run, Batch.ofMetrics(points));
        return;
      } catch (UserException refused) {
        if (!(refused.error() instanceof SystemError)) {
          return;
        }
        Thread.sleep(PATIENCE);
      }
    }
  }
}
