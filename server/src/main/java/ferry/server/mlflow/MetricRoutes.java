package ferry.server.mlflow;

import ferry.server.http.JsonWriter;
import ferry.tracking.MetricHistory;
import ferry.tracking.MetricSeries;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /mlflow/metrics}: histories. */
final class MetricRoutes {
  private static final int MOST = 1_000_000;
  private static final int MOST_IN_BULK = 25_000;
  private static final int MOST_SAMPLED = 2500;
  private static final int MOST_RUNS = 100;

  /** What a point of one run among several has besides. */
  private static final String RUN_FIELD = "run_id".repeat(8);

  private final MetricHistory metrics;
  private final TrackedRuns runs;

  MetricRoutes(MetricHistory metrics, TrackedRuns runs) {
    this.metrics = metrics;
    this.runs = runs;
  }

  void add(Endpoints to) {
    to.add("GET", "/metrics/get-history", (asked, _) -> history(asked));
    to.add("GET", "/metrics/get-history-bulk", (asked, _) -> bulk(asked));
    to.add("GET", "/metrics/get-history-bulk-interval", (asked, _) -> interval(asked));
  }

  private JsonWriter.Content history(Parameters asked) {
    var id = RunRoutes.id(asked);
    var key = asked.text("metric_key");
    var all = metrics.history(id, key);
    if (all.size() == 0 && runs.find(id).isEmpty()) {
      throw MlflowProblem.missing("Run with id=" + id + " not found");
    }
    var paging = Paging.of(asked, MOST, MOST);
    int from = Math.min(paging.offset(), all.size());
    int count = Math.min(all.size() - from, Math.min(paging.limit(), Weight.points(key)));
    var next =
        from + count < all.size() ? Optional.of(paging.after(count)) : Optional.<String>empty();
    return json -> {
      json.open("metrics");
      write(json, key, all, from, from + count, "");
      json.close().text("next_page_token", next);
    };
  }

  private static void write(
      JsonWriter json, String key, MetricSeries all, int from, int to, String run)
      throws IOException {
    for (int i = from; i < to; i++) {
      json.open()
          .text("key", key)
          .number("value", all.value(i))
          .number("timestamp", all.atMillis(i))
          .number("step", all.step(i));
      if (!run.isEmpty()) {
        json.text("run_id", run);
      }
      json.shut();
    }
  }

  private JsonWriter.Content bulk(Parameters asked) {
    int room = asked.count("max_results", 1, MOST_IN_BULK).orElse(MOST_IN_BULK);
    var found = new LinkedHashMap<String, MetricSeries>();
    var key = asked.text("metric_key");
    for (var run : ids(asked, "run_id")) {
      found.put(run.value(), metrics.history(run, key));
    }
    return json -> {
      json.open("metrics");
      int left = Math.min(room, Weight.points(key + RUN_FIELD));
      for (Map.Entry<String, MetricSeries> entry : found.entrySet()) {
        int count = Math.min(left, entry.getValue().size());
        write(json, key, entry.getValue(), 0, count, entry.getKey());
        left -= count;
      }
      json.close();
    };
  }

  private JsonWriter.Content interval(Parameters asked) {
    int most = asked.count("max_results", 1, MOST_SAMPLED).orElse(320);
    var start = asked.optionalNumber("start_step");
    var end = asked.optionalNumber("end_step");
    if (start.isPresent() != end.isPresent()) {
      throw MlflowProblem.invalid(
          "Both start_step and end_step must be specified together, or neither may be specified.");
    }
    if (start.isPresent() && start.getAsLong() > end.getAsLong()) {
      throw MlflowProblem.invalid("end_step must be greater than start_step.");
    }
    var found = new LinkedHashMap<String, MetricSeries>();
    var key = asked.text("metric_key");
    var runIds = ids(asked, "run_ids");
    int sampled = Math.min(most, Math.max(2, Weight.points(key + RUN_FIELD) / runIds.size()));
    for (var run : runIds) {
      var all = metrics.history(run, key);
      var meant =
          start.isEmpty()
              ? all
              : all.where(i -> all.step(i) >= start.getAsLong() && all.step(i) <= end.getAsLong());
      found.put(run.value(), meant.byStep().sampled(sampled));
    }
    return json -> {
      json.open("metrics");
      for (Map.Entry<String, MetricSeries> entry : found.entrySet()) {
        write(json, key, entry.getValue(), 0, entry.getValue().size(), entry.getKey());
      }
      json.close();
    };
  }

  private static List<TrackedId> ids(Parameters asked, String name) {
    var ids = new ArrayList<TrackedId>();
    for (var id : asked.texts(name)) {
      ids.add(RunRoutes.id(id));
    }
    if (ids.isEmpty() || ids.size() > MOST_RUNS) {
      throw MlflowProblem.invalid(
          "Got " + ids.size() + " values for '" + name + "'; expected 1 to " + MOST_RUNS);
    }
    return ids;
  }
}
