package ferry.collect;

import ferry.collect.LogMetrics.Found;
import ferry.run.RunId;
import ferry.tracking.MetricHistory;
import ferry.tracking.TrackedId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final LengthUnit unit;
  private final Map<String, Integer> told = new HashMap<>();

  /** By tracked run. */
  private final Map<TrackedId, LengthsByStep> lengths = new LinkedHashMap<>();

  /**
   * @param unit of the length, which another call may tell
   */
  CallsBeside(MetricHistory history, RunId run, RunMetrics printed, LengthUnit unit) {
    this.unit = unit;
    this.history = history;
    this.run = run;
    this.printed = printed;
  }

  @Override
  public void read(BiConsumer<String, List<Found>> to) {
    var more = new LinkedHashMap<TrackedId, Map<String, List<Found>>>();
    for (var one : history.lengths(run, MOST)) {
      var key = one.key();
      if (!key.startsWith("system/") && !printed.has(one.run(), key) && isLonger(one)) {
        lengths.computeIfAbsent(one.run(), _ -> new LengthsByStep(unit));
        more.computeIfAbsent(one.run(), _ -> new LinkedHashMap<>())
            .put(part(one.run(), key), read(one.run(), key));
      }
    }
    lengths.forEach((id, joining) -> joining.look(more.getOrDefault(id, Map.of()), to));
  }

  private boolean isLonger(MetricHistory.Length one) {
    return one.points() > told.getOrDefault(part(one.run(), one.key()), 0);
  }

  private static String part(TrackedId id, String key) {
    return "calls/" + id + "/" + key;
  }

  private List<Found> read(TrackedId id, String key) {
    var part = part(id, key);
    var series = history.history(id, key);
    var form = id.value().startsWith(run + "_") ? Collecting.LOG : Collecting.CALLS;
    var found = new ArrayList<Found>();
    for (int i = told.getOrDefault(part, 0); i < series.size(); i++) {
      var step = OptionalLong.of(Math.max(0, series.step(i)));
      found.add(new Found(form, 0, new Sighting(key, series.value(i), step)));
    }
    told.put(part, series.size());
    return found;
  }
}
