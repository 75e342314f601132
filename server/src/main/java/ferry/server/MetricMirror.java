package ferry.server;

import ferry.backend.Origin;
import ferry.backend.Plan;
import ferry.collect.LogMetrics;
import ferry.collect.LogWatch;
import ferry.collect.MetricBatches;
import ferry.collect.RunMetrics;
import ferry.engine.RunListener;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Brings the metrics that runs print into what is tracked of them. Trials have somebody of their
 * own who reads them.
 */
final class MetricMirror implements RunListener {
  private final LogWatch logs;
  private final MetricBatches metrics;
  private final InstantSource clock;
  private final Map<RunId, Consumer<RunEvent>> followed = new HashMap<>();

  MetricMirror(LogWatch logs, MetricBatches metrics, InstantSource clock) {
    this.logs = logs;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void changed(Plan plan, List<RunEvent> events, RunState before, RunState after) {
    if (plan.origin().kind() == Origin.Kind.TRIAL) {
      return;
    }
    var id = plan.id();
    boolean isNew = events.stream().anyMatch(RunEvent.Submitted.class::isInstance);
    if (isNew || followed.containsKey(id)) {
      var told =
          followed.computeIfAbsent(
              id, _ -> logs.follow(plan, LogMetrics::ofKnownForms, taker(plan, isNew)));
      events.forEach(told);
    }
    if (after.status().isEnded()) {
      followed.remove(id);
    }
  }

  private LogWatch.Taker taker(Plan plan, boolean isNew) {
    RunMetrics tracked = metrics.of(plan, isNew);
    return new LogWatch.Taker() {
      @Override
      public void seen(String source, long first, List<LogMetrics.Found> found) {
        tracked.seen(source, found, clock.instant());
      }

      @Override
      public void ended(RunState state, List<String> likely) {
        // what it printed last is on its way
      }
    };
  }

  /** Takes up a run that an earlier server left: everything is told anew. */
  void follow(Plan plan, Consumer<Consumer<RunEvent>> from) {
    if (plan.origin().kind() == Origin.Kind.TRIAL) {
      return;
    }
    from.accept(logs.follow(plan, LogMetrics::ofKnownForms, taker(plan, false)));
  }
}
