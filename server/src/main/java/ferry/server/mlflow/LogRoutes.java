package ferry.server.mlflow;

import ferry.error.UserException;
import ferry.server.http.Exchange;
import ferry.server.http.JsonReader;
import ferry.server.http.JsonWriter;
import ferry.tracking.Batch;
import ferry.tracking.Metric;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRun;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackedRuns.Update;
import ferry.tracking.TrackingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /mlflow/runs/log-…}: what scripts log. */
final class LogRoutes {
  private static final String HISTORY = "mlflow.log-model.history";

  private final TrackingLog log;
  private final TrackedRuns runs;
  private final Rights rights;
  private final ModelMetrics models;

  /** Keeps metrics of logged models. */
  @FunctionalInterface
  interface ModelMetrics {
    void keep(TrackedId run, Parameters metric, Metric point);
  }

  LogRoutes(TrackingLog log, TrackedRuns runs, Rights rights, ModelMetrics models) {
    this.log = log;
    this.runs = runs;
    this.rights = rights;
    this.models = models;
  }

  void add(Endpoints to) {
    to.add("POST", "/runs/log-metric", this::metric);
    to.add("POST", "/runs/log-parameter", this::parameter);
    to.add("POST", "/runs/set-tag", this::tag);
    to.add("POST", "/runs/delete-tag", this::untag);
    to.raw("POST", "/mlflow/runs/log-batch", this::batch);
    to.add("POST", "/runs/log-model", this::model);
    to.add("POST", "/runs/log-inputs", this::inputs);
    to.add("POST", "/runs/outputs", this::outputs);
  }

  private TrackedId writable(Parameters asked, Exchange exchange) {
    var id = RunRoutes.id(asked);
    rights.checkWrite(exchange, id);
    return id;
  }

  private JsonWriter.Content metric(Parameters asked, Exchange exchange) {
    var id = writable(asked, exchange);
    var point = point(asked);
    log.log(id, Batch.ofMetrics(List.of(point)));
    keepForModel(id, asked, point);
    return Endpoints.NOTHING;
  }

  private void keepForModel(TrackedId id, Parameters metric, Metric point) {
    if (metric.optionalText("model_id").filter(model -> !model.isEmpty()).isPresent()) {
      models.keep(id, metric, point);
    }
  }

  private static Metric point(Parameters asked) {
    long at = asked.number("timestamp");
    if (at < 0 || at > Limits.MOST_MILLIS) {
      throw MlflowProblem.invalid(
          "Got invalid timestamp " + at + " for metric; expected milliseconds since 1970");
    }
    return new Metric(
        Limits.key("Metric", asked.text("key")),
        asked.real("value"),
        asked.optionalNumber("step").orElse(0),
        Instant.ofEpochMilli(at));
  }

  private JsonWriter.Content parameter(Parameters asked, Exchange exchange) {
    var id = writable(asked, exchange);
    var key = Limits.key("Param", asked.text("key"));
    log.log(id, Batch.ofParams(Map.of(key, Limits.param(asked.optionalText("value").orElse("")))));
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content tag(Parameters asked, Exchange exchange) {
    var id = writable(asked, exchange);
    var key = Limits.key("Tag", asked.text("key"));
    tags(
        id,
        Map.of(key, Limits.tag(asked.optionalText("value").orElse(""))),
        Batch.ofTags(Map.of()));
    return Endpoints.NOTHING;
  }

  /** Tags that stand for something else change that. */
  private void tags(TrackedId id, Map<String, String> tags, Batch rest) {
    var own = new LinkedHashMap<>(tags);
    var name =
        Optional.ofNullable(own.remove(RunTags.NAME))
            .filter(text -> !text.isEmpty())
            .map(Limits::runName);
    var parent = Optional.ofNullable(own.remove(RunTags.PARENT)).flatMap(RunTags::parent);
    if (name.isPresent() || parent.isPresent()) {
      runs.update(id, new Update(Optional.empty(), Optional.empty(), name, parent));
    }
    var batch = new Batch(rest.metrics(), rest.params(), own);
    if (!batch.isEmpty()) {
      log.log(id, batch);
    }
  }

  private JsonWriter.Content untag(Parameters asked, Exchange exchange) {
    var id = writable(asked, exchange);
    runs.untag(id, asked.text("key"));
    return Endpoints.NOTHING;
  }

  private void batch(Exchange exchange) throws IOException {
    var bytes = exchange.bytes();
    var plain = PlainBatch.read(bytes);
    if (plain.isPresent()) {
      var id = RunRoutes.id(plain.get().run());
      rights.checkWrite(exchange, id);
      log.log(id, Batch.ofMetrics(plain.get().points()));
    } else {
      batch(Parameters.of(bytes, exchange), exchange);
    }
    exchange.json(200, Endpoints.NOTHING);
  }

  private void batch(Parameters asked, Exchange exchange) {
    var id = writable(asked, exchange);
    var metrics = asked.objects("metrics");
    var params = asked.objects("params");
    var tags = asked.objects("tags");
    Limits.count("metrics", metrics.size(), Limits.METRICS);
    Limits.count("params", params.size(), Limits.PARAMS);
    Limits.count("tags", tags.size(), Limits.TAGS);
    Limits.count("entities", metrics.size() + params.size() + tags.size(), Limits.ENTITIES);
    var points = new ArrayList<Metric>(metrics.size());
    metrics.forEach(metric -> points.add(point(metric)));
    var batch = new Batch(points, params(params), Map.of());
    tags(id, tags(tags), batch);
    if (batch.isEmpty() && tags.isEmpty()) {
      log.log(id, batch);
    }
    for (int i = 0; i < metrics.size(); i++) {
      keepForModel(id, metrics.get(i), points.get(i));
    }
  }

  private static Map<String, String> params(List<Parameters> given) {
    var params = new LinkedHashMap<String, String>();
    for (var param : given) {
      var key = Limits.key("Param", param.text("key"));
      var value = Limits.param(param.optionalText("value").orElse(""));
      var before = params.put(key, value);
      if (before != null && !before.equals(value)) {
        throw MlflowProblem.invalid(
            "Duplicate parameter keys have been submitted: " + key + " with different values");
      }
    }
    return params;
  }

  private static Map<String, String> tags(List<Parameters> given) {
    var tags = new LinkedHashMap<String, String>();
    for (var tag : given) {
      tags.put(
          Limits.key("Tag", tag.text("key")), Limits.tag(tag.optionalText("value").orElse("")));
    }
    return tags;
  }

  /** Older clients: the history of logged models is a tag that holds a JSON list. */
  private JsonWriter.Content model(Parameters asked, Exchange exchange) throws IOException {
    var id = writable(asked, exchange);
    var model = asked.text("model_json").strip();
    if (isOther(model, Map.class)) {
      throw MlflowProblem.invalid("Malformed model info: it is no JSON object");
    }
    synchronized (log) {
      add(id, model);
    }
    return Endpoints.NOTHING;
  }

  private void add(TrackedId id, String model) throws IOException {
    var run =
        runs.find(id).orElseThrow(() -> MlflowProblem.missing("Run with id=" + id + " not found"));
    var before = run.tags().getOrDefault(HISTORY, "[]").strip();
    var inner = isOther(before, List.class) ? "" : before.substring(1, before.length() - 1);
    var history = "[" + inner + (inner.isBlank() ? "" : ", ") + model + "]";
    log.log(id, Batch.ofTags(Map.of(HISTORY, Limits.history(history))));
  }

  /** Whether a text is anything but JSON of that kind. */
  private static boolean isOther(String text, Class<?> kind) throws IOException {
    try {
      var json = JsonReader.object(("{\"it\":" + text + "}").getBytes(StandardCharsets.UTF_8));
      return json.size() != 1 || !kind.isInstance(json.get("it"));
    } catch (UserException _) {
      return true;
    }
  }

  private JsonWriter.Content inputs(Parameters asked, Exchange exchange) {
    var id = writable(asked, exchange);
    var datasets = asked.objects("datasets").stream().map(DatasetInput::read).toList();
    var used =
        asked.objects("models").stream()
            .map(model -> new TrackedRun.ModelLink(model.text("model_id"), false, 0))
            .toList();
    runs.link(id, datasets, used);
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content outputs(Parameters asked, Exchange exchange) {
    var id = writable(asked, exchange);
    var made =
        asked.objects("models").stream()
            .map(model ->
                new TrackedRun.ModelLink(
                    model.text("model_id"), true, model.optionalNumber("step").orElse(0)))
            .toList();
    runs.link(id, List.of(), made);
    return Endpoints.NOTHING;
  }
}
