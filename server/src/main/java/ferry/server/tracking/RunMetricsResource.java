package ferry.server.tracking;

import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.MetricHistory;
import ferry.tracking.MetricSeries;
import ferry.tracking.RunTable;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRun;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What charts over runs read: what each run and its parts logged, and one metric of many runs. */
public final class RunMetricsResource {
  private static final int USUAL_POINTS = 1000;
  private static final int MOST_POINTS = 20_000;
  private static final int MOST_RUNS = 500;
  private static final int MOST_PARTS = 1000;
  private static final int MOST_IN_ALL = 20_000;

  private final TrackedRuns runs;
  private final TrackingLog log;
  private final MetricHistory metrics;

  public RunMetricsResource(TrackedRuns runs, TrackingLog log, MetricHistory metrics) {
    this.runs = runs;
    this.log = log;
    this.metrics = metrics;
  }

  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/tracked", this::many),
        Route.of("GET", "/api/v1/metrics", this::histories),
        Route.of("GET", "/api/v1/runs/{run}/tracked", this::parts),
        Route.of("PUT", "/api/v1/runs/{run}/star", e -> star(e, true)),
        Route.of("DELETE", "/api/v1/runs/{run}/star", e -> star(e, false)));
  }

  /** What the runs of a list are shown with: parameters, newest metrics, stars. */
  private void many(Exchange exchange) throws IOException {
    var ids = words(exchange, "runs").stream().map(RunMetricsResource::run).toList();
    var parts = new LinkedHashMap<RunId, List<TrackedRun>>();
    ids.forEach(id -> parts.put(id, new ArrayList<>()));
    for (var one : runs.of(ids, MOST_IN_ALL)) {
      one.run().map(parts::get).ifPresent(of -> of.add(one));
    }
    exchange.json(200, json -> json.list("runs", parts.entrySet(), (one, of) -> together(one, of)));
  }

  /** A run and its parts as one: what the run says of itself counts before what a part says. */
  private static void together(JsonWriter json, Map.Entry<RunId, List<TrackedRun>> of)
      throws IOException {
    var params = new LinkedHashMap<String, String>();
    var newest = new LinkedHashMap<String, Metric>();
    boolean starred = false;
    for (var part : of.getValue()) {
      part.params().forEach(params::putIfAbsent);
      for (var metric : part.metrics()) {
        newest.merge(metric.key(), metric, (a, b) -> b.time().isAfter(a.time()) ? b : a);
      }
      starred |= part.tags().containsKey(RunTable.STAR);
    }
    json.text("id", of.getKey().value())
        .texts("params", params)
        .object("metrics", all -> numbers(all, newest.values()))
        .truth("starred", starred);
  }

  private static void numbers(JsonWriter json, Iterable<Metric> metrics) throws IOException {
    for (var metric : metrics) {
      json.number(metric.key(), metric.value());
    }
  }

  private void parts(Exchange exchange) throws IOException {
    var id = run(exchange.path("run"));
    if (runs.find(TrackedId.of(id)).isEmpty()) {
      throw notFound(id.value());
    }
    var parts = runs.of(List.of(id), MOST_PARTS);
    exchange.json(200, json -> json.list("parts", parts, RunMetricsResource::part));
  }

  private static void part(JsonWriter json, TrackedRun run) throws IOException {
    json.text("id", run.id().value())
        .text("name", run.name())
        .text("state", run.status().word())
        .text("parent", run.parent())
        .text("started", run.started().toString())
        .text("ended", run.ended())
        .texts("params", run.params())
        .texts("tags", run.tags())
        .texts("keys", run.metrics().stream().map(Metric::key).toList())
        .object("metrics", all -> numbers(all, run.metrics()));
  }

  /** One metric of many runs as columns, thinned within the stretch that is looked at. */
  private void histories(Exchange exchange) throws IOException {
    var key = exchange.query("key").orElseThrow(() -> missing("key", "the name of a metric"));
    var ids = words(exchange, "runs").stream().map(RunMetricsResource::tracked).toList();
    int most = exchange.number("points", 4, MOST_POINTS).map(Long::intValue).orElse(USUAL_POINTS);
    long from = exchange.number("from", Long.MIN_VALUE, Long.MAX_VALUE).orElse(Long.MIN_VALUE);
    long to = exchange.number("to", Long.MIN_VALUE, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
    boolean withTimes = exchange.flag("times");
    exchange.json(
        200,
        json -> {
          json.text("key", key).open("series");
          for (var id : ids) {
            var all = metrics.history(id, key).byStep();
            json.open().text("id", id.value()).number("all", (long) all.size());
            columns(json, between(all, from, to).thinned(most), withTimes);
            json.shut();
          }
          json.close();
        });
  }

  /** The points from one step to another, with their neighbours: lines go on beyond the edges. */
  private static MetricSeries between(MetricSeries all, long from, long to) {
    int first = 0;
    int last = all.size();
    while (first < last - 1 && all.step(first + 1) < from) {
      first++;
    }
    while (last > first + 1 && all.step(last - 2) > to) {
      last--;
    }
    return all.range(first, last);
  }

  private static void columns(JsonWriter json, MetricSeries shown, boolean withTimes)
      throws IOException {
    var steps = new ArrayList<Long>(shown.size());
    var times = new ArrayList<Long>(shown.size());
    var values = new ArrayList<Double>(shown.size());
    for (int i = 0; i < shown.size(); i++) {
      steps.add(shown.step(i));
      times.add(shown.atMillis(i));
      values.add(shown.value(i));
    }
    json.tree("steps", steps).tree("values", values);
    if (withTimes) {
      json.tree("at", times);
    }
  }

  private void star(Exchange exchange, boolean on) throws IOException {
    var id = TrackedId.of(run(exchange.path("run")));
    var known = runs.find(id).orElseThrow(() -> notFound(id.value()));
    if (on) {
      log.log(id, Batch.ofTags(Map.of(RunTable.STAR, "true")));
    } else if (known.tags().containsKey(RunTable.STAR)) {
      runs.untag(id, RunTable.STAR);
    }
    exchange.json(200, json -> json.text("id", id.value()).truth("starred", on));
  }

  private static List<String> words(Exchange exchange, String name) {
    var all = exchange.query(name).orElseThrow(() -> missing(name, "ids with commas between"));
    var words = Arrays.stream(all.split(",")).filter(word -> !word.isBlank()).distinct().toList();
    if (words.isEmpty() || words.size() > MOST_RUNS) {
      throw bad("`" + name + "` names " + words.size() + "; expected 1 to " + MOST_RUNS);
    }
    return words;
  }

  private static RunId run(String text) {
    return RunId.of(text).orElseThrow(() -> notFound(text));
  }

  private static TrackedId tracked(String text) {
    if (!TrackedId.isGood(text)) {
      throw notFound(text);
    }
    return new TrackedId(text);
  }

  private static RuntimeException missing(String name, String expected) {
    return bad("`" + name + "` is missing; expected " + expected);
  }

  private static RuntimeException bad(String message) {
    return new RequestError.BadRequest(message, List.of()).thrown();
  }

  private static RuntimeException notFound(String id) {
    return new RequestError.NotFound("run", id, Optional.empty()).thrown();
  }
}
