package ferry.server.mlflow;

import ferry.registry.LoggedModel;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import ferry.registry.Stage;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.tracking.TrackedId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** {@code /mlflow/model-versions}. */
final class VersionRoutes {
  private static final String PATH = "/model-versions";

  private final ModelRegistry models;
  private final Sources sources;
  private final Events events;

  VersionRoutes(ModelRegistry models, Sources sources, Events events) {
    this.models = models;
    this.sources = sources;
    this.events = events;
  }

  void add(Endpoints to) {
    to.add("POST", PATH + "/create", this::create);
    to.add("PATCH", PATH + "/update", this::update);
    to.add("DELETE", PATH + "/delete", this::delete);
    to.add("GET", PATH + "/get", (asked, _) -> answer(existing(asked)));
    to.add("GET", PATH + "/search", (asked, _) -> new VersionSearch(models).answer(asked));
    to.add(
        "GET",
        PATH + "/get-download-uri",
        (asked, _) -> {
          var source = existing(asked).source();
          return json -> json.text("artifact_uri", source);
        });
    to.add("POST", PATH + "/transition-stage", this::transition);
    to.add("POST", PATH + "/set-tag", this::tag);
    to.add("DELETE", PATH + "/delete-tag", this::untag);
  }

  static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw MlflowProblem.invalid("Parameter 'version' must be a whole number, got '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  static ModelVersion existing(ModelRegistry models, String name, int number) {
    return models.versions(name).stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(() ->
            MlflowProblem.missing(
                "Model Version (name=" + name + ", version=" + number + ") not found"));
  }

  private ModelVersion existing(Parameters asked) {
    return existing(models, asked.text("name"), number(asked.text("version")));
  }

  private JsonWriter.Content answer(ModelVersion version) {
    var model = models.find(version.model()).orElseThrow();
    return json -> json.object("model_version", one -> ModelShape.version(one, version, model));
  }

  private JsonWriter.Content create(Parameters asked, Exchange exchange) {
    var name = asked.text("name");
    var source = Sources.checked(asked.text("source"));
    var logged =
        sources.loggedModel(source, asked.optionalText("model_id").filter(id -> !id.isEmpty()));
    var event = events.of(exchange, name, OptionalInt.empty(), "version created", Map.of());
    var made =
        models.add(
            new ModelVersion(
                name,
                1,
                Stage.NONE,
                Limits.description(asked.optionalText("description").orElse("")),
                event.who(),
                event.at(),
                event.at(),
                source,
                asked
                    .optionalText("run_id")
                    .filter(TrackedId::isGood)
                    .map(TrackedId::new)
                    .or(() -> logged.flatMap(LoggedModel::run)),
                asked.optionalText("run_link").filter(link -> !link.isEmpty()).map(Limits::source),
                logged.map(LoggedModel::id),
                tags(asked)),
            event);
    return answer(made);
  }

  private static Map<String, String> tags(Parameters asked) {
    var tags = new LinkedHashMap<String, String>();
    Limits.newTags(asked.objects("tags").size());
    for (var tag : asked.objects("tags")) {
      tags.put(
          Limits.key("Tag", tag.text("key")),
          Limits.modelTag(tag.optionalText("value").orElse("")));
    }
    return tags;
  }

  private JsonWriter.Content change(
      ModelVersion version,
      Exchange exchange,
      String what,
      Map<String, String> details,
      UnaryOperator<ModelVersion> how) {
    var number = OptionalInt.of(version.number());
    var event = events.of(exchange, version.model(), number, what, details);
    models.changeVersions(
        version.model(), each -> each.number() == version.number() ? how.apply(each) : each, event);
    return answer(existing(models, version.model(), version.number()));
  }

  private JsonWriter.Content update(Parameters asked, Exchange exchange) {
    var text = Limits.description(asked.optionalText("description").orElse(""));
    return change(
        existing(asked),
        exchange,
        "described",
        Map.of("text", text),
        each -> each.withDescription(text));
  }

  private JsonWriter.Content delete(Parameters asked, Exchange exchange) {
    Rights.checkOwner(exchange, "delete a version of a model");
    var version = existing(asked);
    var number = OptionalInt.of(version.number());
    models.deleteVersion(
        version.model(),
        version.number(),
        events.of(exchange, version.model(), number, "version deleted", Map.of()));
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content transition(Parameters asked, Exchange exchange) {
    var version = existing(asked);
    var stage = ModelRoutes.stage(asked.text("stage"));
    boolean archive = asked.flag("archive_existing_versions");
    if (archive && stage != Stage.STAGING && stage != Stage.PRODUCTION) {
      throw MlflowProblem.invalid(
          "Model version transition cannot archive existing model versions because '"
              + stage.word()
              + "' is not an Active stage. Valid stages are Staging, Production");
    }
    var event =
        events.of(
            exchange,
            version.model(),
            OptionalInt.of(version.number()),
            "stage set",
            Map.of("stage", stage.word()));
    models.changeVersions(
        version.model(), each -> moved(each, version.number(), stage, archive), event);
    return answer(existing(models, version.model(), version.number()));
  }

  private static ModelVersion moved(ModelVersion each, int number, Stage stage, boolean archive) {
    if (each.number() == number) {
      return each.withStage(stage);
    }
    return archive && each.stage() == stage ? each.withStage(Stage.ARCHIVED) : each;
  }

  private JsonWriter.Content tag(Parameters asked, Exchange exchange) {
    var key = Limits.key("Tag", asked.text("key"));
    var value = Limits.modelTag(asked.optionalText("value").orElse(""));
    change(
        existing(asked),
        exchange,
        "tagged",
        Map.of(key, value),
        each -> {
          var tags = new TreeMap<>(each.tags());
          tags.put(key, value);
          return each.withTags(tags);
        });
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content untag(Parameters asked, Exchange exchange) {
    var key = asked.text("key");
    change(
        existing(asked),
        exchange,
        "untagged",
        Map.of("tag", key),
        each -> {
          var tags = new TreeMap<>(each.tags());
          tags.remove(key);
          return each.withTags(tags);
        });
    return Endpoints.NOTHING;
  }
}
