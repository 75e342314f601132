package ferry.collect;

import ferry.collect.LogMetrics.Found;
import ferry.run.RunId;
import ferry.tracking.MetricHistory;
import ferry.tracking.TrackedId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * What a run's script logs itself, through MLflow's API or {@code ferry.log}; each key of each
 * tracked run is a part. What Ferry read in the run's logs and tracks is none of it.
 */
final class CallsBeside implements Beside {
  private static final int MOST = 2000;

  private final MetricHistory history;
  private final RunId run;
  private final RunMetrics printed;
  private final Map<String, Integer> told = new HashMap<>();

  CallsBeside(MetricHistory history, RunId run, RunMetrics printed) {
    this.history = history;
    this.run = run;
    this.printed = printed;
  }

  @Override
  public void read(BiConsumer<String, List<Found>> to) {
    for (var one : history.lengths(run, MOST)) {
      var key = one.key();
      if (!key.startsWith("system/") && !printed.has(one.run(), key) && isLonger(one)) {
        read(one.run(), key, to);
      }
    }
  }

  private boolean isLonger(MetricHistory.Length one) {
    return one.points() > told.getOrDefault(part(one.run(), one.key()), 0);
  }

  private static String part(TrackedId id, String key) {
    return "calls/" + id + "/" + key;
  }

  private void read(TrackedId id, String key, BiConsumer<String, List<Found>> to) {
    var part = part(id, key);
    var series = history.history(id, key);
    var found = new ArrayList<Found>();
    for (int i = told.getOrDefault(part, 0); i < series.size(); i++) {
      var step = OptionalLong.of(Math.max(0, series.step(i)));
      found.add(new Found(Collecting.CALLS, 0, new Sighting(key, series.value(i), step)));
    }
    told.put(part, series.size());
    to.accept(part, found);
  }
}
