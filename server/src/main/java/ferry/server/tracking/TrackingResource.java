package ferry.server.tracking;

import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.server.http.Caller;
import ferry.server.http.Exchange;
import ferry.server.http.Fields;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.tracking.Batch;
import ferry.tracking.Key;
import ferry.tracking.Metric;
import ferry.tracking.MetricHistory;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What steps log without MLflow, and what charts read. */
public final class TrackingResource {
  private static final int USUAL_POINTS = 1000;
  private static final int MOST_POINTS = 100_000;
  private static final int MOST_AT_ONCE = 1000;

  private final TrackingLog log;
  private final TrackedRuns runs;
  private final MetricHistory metrics;
  private final InstantSource clock;

  public TrackingResource(
      TrackingLog log, TrackedRuns runs, MetricHistory metrics, InstantSource clock) {
    this.log = log;
    this.runs = runs;
    this.metrics = metrics;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        new Route("POST", "/api/v1/log", Route.Access.STEPS, this::log),
        Route.of("GET", "/api/v1/env", TrackingResource::environment),
        Route.of("GET", "/api/v1/tracked/{id}", this::show),
        Route.of("GET", "/api/v1/tracked/{id}/metrics/{key}", this::history));
  }

  private void log(Exchange exchange) throws IOException {
    var asked = exchange.body();
    var id = subject(exchange.caller(), asked);
    log.log(id, new Batch(points(asked), named(asked, "params"), named(asked, "tags")));
    exchange.json(200, json -> json.text("id", id.value()));
  }

  /** A step logs for itself; its user says for which run. */
  private static TrackedId subject(Caller caller, Fields asked) {
    return switch (caller) {
      case Caller.Attempt(var id) -> TrackedId.of(id.run(), id.stepRun());
      case Caller.Owner _, Caller.Anybody _ -> {
        var run = new RunId(asked.text("run"));
        yield asked
            .optionalText("step")
            .map(step -> TrackedId.of(run, step))
            .orElseGet(() -> TrackedId.of(run));
      }
    };
  }

  private List<Metric> points(Fields asked) {
    var points = new ArrayList<Metric>();
    var now = clock.instant();
    var given = asked.map("metrics");
    long at = whole(asked.optionalText("at").orElse("0"));
    if (given.size() > MOST_AT_ONCE) {
      throw bad("a request has " + given.size() + " metrics; expected at most " + MOST_AT_ONCE);
    }
    for (Map.Entry<String, String> one : given.entrySet()) {
      checkName("metrics", one.getKey());
      points.add(new Metric(one.getKey(), number(one.getKey(), one.getValue()), at, now));
    }
    return points;
  }

  private static Map<String, String> named(Fields asked, String what) {
    var texts = asked.map(what);
    texts.keySet().forEach(name -> checkName(what, name));
    return texts;
  }

  private static void checkName(String what, String name) {
    if (name.isEmpty() || name.length() > Key.LONGEST) {
      throw bad(
          "a name in `%s` has %d characters; expected 1 to %d"
              .formatted(what, name.length(), Key.LONGEST));
    }
    if (Key.isAnotherPath(name)) {
      throw bad(
          "the name `" + name + "` in `" + what + "` is no path; expected words with `/` between");
    }
  }

  private static long whole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw bad("`at` is `" + text + "`; expected a whole number: a step, an epoch");
    }
  }

  private static double number(String key, String text) {
    try {
      return Double.parseDouble(text.replace("inf", "Infinity").replace("nan", "NaN"));
    } catch (NumberFormatException _) {
      throw bad("the metric `" + key + "` is `" + text + "`; expected a number");
    }
  }

  private static RuntimeException bad(String message) {
    return new RequestError.BadRequest(message, List.of()).thrown();
  }

  private static void environment(Exchange exchange) throws IOException {
    var token = exchange.header("Authorization").orElse("").replaceFirst("(?i)^bearer ", "");
    exchange.json(
        200,
        json ->
            json.texts(
                "variables",
                Map.of("MLFLOW_TRACKING_URI", exchange.url(), "MLFLOW_TRACKING_TOKEN", token)));
  }

  private TrackedId id(Exchange exchange) {
    var text = exchange.path("id");
    if (!TrackedId.isGood(text)) {
      throw new RequestError.NotFound("tracked run", text, Optional.empty()).thrown();
    }
    return new TrackedId(text);
  }

  private void show(Exchange exchange) throws IOException {
    var id = id(exchange);
    var run =
        runs.find(id)
            .orElseThrow(() ->
                new RequestError.NotFound("tracked run", id.value(), Optional.empty()).thrown());
    exchange.json(
        200,
        json ->
            json.text("id", id.value())
                .text("name", run.name())
                .text("group", run.group())
                .text("state", run.status().word())
                .text("started", run.started().toString())
                .text("ended", run.ended())
                .text("parent", run.parent())
                .text("run", run.run())
                .texts("params", run.params())
                .texts("tags", run.tags())
                .list("metrics", run.metrics(), TrackingResource::write));
  }

  private static void write(JsonWriter json, Metric metric) throws IOException {
    json.text("key", metric.key())
        .number("value", metric.value())
        .number("step", metric.step())
        .text("at", metric.time().toString());
  }

  /** The points of a metric by step, thinned so that a chart of them looks the same. */
  private void history(Exchange exchange) throws IOException {
    var key = exchange.path("key");
    int most = exchange.number("points", 4, MOST_POINTS).map(Long::intValue).orElse(USUAL_POINTS);
    var all = metrics.history(id(exchange), key).byStep();
    var shown = all.thinned(most);
    exchange.json(
        200,
        json -> {
          json.text("key", key).number("all", (long) all.size()).open("points");
          for (int i = 0; i < shown.size(); i++) {
            json.open()
                .number("step", shown.step(i))
                .number("at", shown.atMillis(i))
                .number("value", shown.value(i))
                .shut();
          }
          json.close();
        });
  }
}
