package ferry.server.mlflow;

import ferry.registry.LoggedModel;
import ferry.registry.Model;
import ferry.registry.ModelVersion;
import ferry.registry.Stage;
import ferry.server.http.JsonWriter;
import ferry.tracking.Metric;
import ferry.tracking.TrackedId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Models, versions and logged models as MLflow writes them. */
final class ModelShape {
  private ModelShape() {}

  static void model(JsonWriter json, Model model, List<ModelVersion> versions) throws IOException {
    json.text("name", model.name())
        .number("creation_timestamp", model.created().toEpochMilli())
        .number("last_updated_timestamp", model.updated().toEpochMilli())
        .text("description", model.description());
    var latest = latest(versions);
    if (!latest.isEmpty()) {
      json.list("latest_versions", latest, (one, version) -> version(one, version, model));
    }
    if (!model.tags().isEmpty()) {
      ExperimentRoutes.texts(json, "tags", model.tags());
    }
    if (!model.aliases().isEmpty()) {
      json.list(
          "aliases",
          model.aliases().entrySet(),
          (one, alias) -> one.text("alias", alias.getKey()).text("version", "" + alias.getValue()));
    }
  }

  /** The newest version of each stage. */
  static List<ModelVersion> latest(List<ModelVersion> versions) {
    var byStage = new EnumMap<Stage, ModelVersion>(Stage.class);
    versions.forEach(version -> byStage.put(version.stage(), version));
    return byStage.values().stream().sorted(Comparator.comparingInt(ModelVersion::number)).toList();
  }

  static void version(JsonWriter json, ModelVersion version, Model model) throws IOException {
    json.text("name", version.model())
        .text("version", Integer.toString(version.number()))
        .number("creation_timestamp", version.created().toEpochMilli())
        .number("last_updated_timestamp", version.updated().toEpochMilli())
        .text("user_id", version.user())
        .text("current_stage", version.stage().word())
        .text("description", version.description())
        .text("source", version.source())
        .text("run_id", version.run().map(TrackedId::value).orElse(""))
        .text("status", "READY")
        .text("run_link", version.runLink().orElse(""))
        .text("model_id", version.loggedModel());
    if (!version.tags().isEmpty()) {
      ExperimentRoutes.texts(json, "tags", version.tags());
    }
    var aliases = new ArrayList<String>();
    for (Map.Entry<String, Integer> alias : model.aliases().entrySet()) {
      if (alias.getValue() == version.number()) {
        aliases.add(alias.getKey());
      }
    }
    if (!aliases.isEmpty()) {
      json.texts("aliases", aliases);
    }
  }

  static JsonWriter.Content answer(LoggedModel model, List<ModelVersion> registrations) {
    return json -> json.object("model", one -> logged(one, model, registrations));
  }

  static void logged(JsonWriter json, LoggedModel model, List<ModelVersion> registrations)
      throws IOException {
    json.object("info", info -> info(info, model, registrations));
    json.object(
        "data",
        data -> {
          ExperimentRoutes.texts(data, "params", model.params());
          data.list("metrics", model.metrics(), (one, measure) -> measure(one, measure, model));
        });
  }

  private static void info(JsonWriter json, LoggedModel model, List<ModelVersion> registrations)
      throws IOException {
    json.text("model_id", model.id())
        .text("experiment_id", model.group())
        .text("name", model.name())
        .number("creation_timestamp_ms", model.created().toEpochMilli())
        .number("last_updated_timestamp_ms", model.updated().toEpochMilli())
        .text("artifact_uri", model.artifacts())
        .text("status", word(model.state()))
        .text("model_type", model.type())
        .text("source_run_id", model.run().map(TrackedId::value).orElse(""));
    ExperimentRoutes.texts(json, "tags", model.tags());
    var own =
        registrations.stream()
            .filter(version -> version.loggedModel().filter(model.id()::equals).isPresent())
            .toList();
    if (!own.isEmpty()) {
      json.list(
          "registrations",
          own,
          (one, version) ->
              one.text("name", version.model()).text("version", "" + version.number()));
    }
  }

  static String word(LoggedModel.State state) {
    return switch (state) {
      case PENDING -> "LOGGED_MODEL_PENDING";
      case READY -> "LOGGED_MODEL_READY";
      case FAILED -> "LOGGED_MODEL_UPLOAD_FAILED";
    };
  }

  private static void measure(JsonWriter json, LoggedModel.Measure measure, LoggedModel model)
      throws IOException {
    Metric metric = measure.metric();
    json.text("key", metric.key())
        .number("value", metric.value())
        .number("timestamp", metric.atMillis())
        .number("step", metric.step())
        .text("model_id", model.id())
        .text("run_id", measure.run().value());
    if (!measure.dataset().isEmpty()) {
      json.text("dataset_name", measure.dataset()).text("dataset_digest", measure.digest());
    }
  }
}
