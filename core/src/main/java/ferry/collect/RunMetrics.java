package ferry.collect;

import ferry.backend.Plan;
import ferry.collect.LogMetrics.Found;
import ferry.tracking.Metric;
import ferry.tracking.TrackedId;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is seen in the logs of one run, read from their beginnings, on its way into what is tracked:
 * that of a workflow of one step belongs to the run, that of others to their step runs. What was
 * written when the logs were read before is left out.
 */
public final class RunMetrics {
  private static final int LONGEST_KEY = 250;

  private final MetricBatches batches;
  private final Plan plan;
  private final boolean isNew;
  private final Map<TrackedId, Map<String, Count>> counts = new HashMap<>();

  private static final class Count {
    private final long written;
    private long seen;

    Count(long written) {
      this.written = written;
    }
  }

  RunMetrics(MetricBatches batches, Plan plan, boolean isNew) {
    this.batches = batches;
    this.plan = plan;
    this.isNew = isNew;
  }

  /**
   * Takes what was seen.
   *
   * @param source the step run and attempt, as {@code train/1}
   */
  public void seen(String source, List<Found> found, Instant now) {
    var id = tracked(source.substring(0, Math.max(0, source.lastIndexOf('/'))));
    var own = counts.computeIfAbsent(id, one -> isNew ? new HashMap<>() : written(one));
    var points = new ArrayList<Metric>();
    for (var one : found) {
      var sighting = one.sighting();
      var key = sighting.key();
      key = key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
      var count = own.computeIfAbsent(key, _ -> new Count(0));
      long index = count.seen++;
      if (index >= count.written) {
        points.add(new Metric(key, sighting.value(), sighting.step().orElse(index), now));
      }
    }
    batches.add(id, points);
  }

  /** Whether points of that key were read in the run's logs: written ones may be others'. */
  boolean has(TrackedId id, String key) {
    var count = counts.getOrDefault(id, Map.of()).get(key);
    return count != null && count.seen > 0;
  }

  private TrackedId tracked(String stepRun) {
    return isOfStep(plan.workflow(), stepRun)
        ? TrackedId.of(plan.id(), stepRun)
        : TrackedId.of(plan.id());
  }

  /** Whether what a step run prints is tracked where it logs by {@code ferry.log} too. */
  public static boolean isOfStep(Workflow workflow, String stepRun) {
    return workflow.steps().size() > 1
        || !workflow.finallySteps().isEmpty()
        || stepRun.contains("[");
  }

  private Map<String, Count> written(TrackedId id) {
    var counts = new HashMap<String, Count>();
    batches.written(id).forEach((key, size) -> counts.put(key, new Count(size)));
    return counts;
  }
}
