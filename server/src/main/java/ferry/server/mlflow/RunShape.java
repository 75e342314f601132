package ferry.server.mlflow;

import ferry.server.http.JsonWriter;
import ferry.tracking.Metric;
import ferry.tracking.TrackedRun;
import ferry.tracking.TrackedRun.ModelLink;
import java.io.IOException;
import java.util.Optional;

/** Runs as MLflow writes them. */
final class RunShape {
  private RunShape() {}

  static JsonWriter.Content answer(TrackedRun run) {
    return json -> json.object("run", one -> write(one, run));
  }

  static void write(JsonWriter json, TrackedRun run) throws IOException {
    json.object("info", info -> info(info, run))
        .object("data", data -> data(data, run))
        .object("inputs", inputs -> inputs(inputs, run));
    var outputs = run.models().stream().filter(ModelLink::isOutput).toList();
    if (!outputs.isEmpty()) {
      json.object(
          "outputs",
          out ->
              out.list(
                  "model_outputs",
                  outputs,
                  (one, link) -> one.text("model_id", link.model()).number("step", link.step())));
    }
  }

  static void info(JsonWriter json, TrackedRun run) throws IOException {
    json.text("run_id", run.id().value())
        .text("run_uuid", run.id().value())
        .text("run_name", run.name())
        .text("experiment_id", run.group())
        .text("user_id", run.user())
        .text("status", Statuses.word(run.status()))
        .number("start_time", run.started().toEpochMilli());
    if (run.ended().isPresent()) {
      json.number("end_time", run.ended().get().toEpochMilli());
    }
    json.text("artifact_uri", run.artifacts())
        .text("lifecycle_stage", run.deleted() ? "deleted" : "active");
  }

  private static void data(JsonWriter json, TrackedRun run) throws IOException {
    json.list("metrics", run.metrics(), (one, metric) -> metric(one, metric, Optional.empty()));
    ExperimentRoutes.texts(json, "params", run.params());
    ExperimentRoutes.texts(json, "tags", RunTags.of(run));
  }

  static void metric(JsonWriter json, Metric metric, Optional<String> run) throws IOException {
    json.text("key", metric.key())
        .number("value", metric.value())
        .number("timestamp", metric.atMillis())
        .number("step", metric.step())
        .text("run_id", run);
  }

  private static void inputs(JsonWriter json, TrackedRun run) throws IOException {
    if (!run.inputs().isEmpty()) {
      json.list("dataset_inputs", run.inputs(), RunShape::dataset);
    }
    var used = run.models().stream().filter(link -> !link.isOutput()).toList();
    if (!used.isEmpty()) {
      json.list("model_inputs", used, (one, link) -> one.text("model_id", link.model()));
    }
  }

  private static void dataset(JsonWriter json, TrackedRun.Dataset dataset) throws IOException {
    ExperimentRoutes.texts(json, "tags", dataset.tags());
    json.object(
        "dataset",
        one -> {
          one.text("name", dataset.name()).text("digest", dataset.digest());
          for (var field : dataset.fields().entrySet()) {
            one.text(field.getKey(), field.getValue());
          }
        });
  }
}
