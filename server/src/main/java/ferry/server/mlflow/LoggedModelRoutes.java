package ferry.server.mlflow;

import ferry.query.Clause;
import ferry.query.FilterReader;
import ferry.query.Vocabulary;
import ferry.registry.LoggedModel;
import ferry.registry.LoggedModels;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.Metric;
import ferry.tracking.RunGroup;
import ferry.tracking.RunGroups;
import ferry.tracking.TrackedId;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** {@code /mlflow/logged-models}: what MLflow 3 logs as models, registered or not. */
final class LoggedModelRoutes {
  private static final String PATH = "/logged-models";
  private static final int USUAL = 50;
  private static final int MOST = 1000;

  private final LoggedModels models;
  private final ModelRegistry registry;
  private final RunGroups groups;
  private final ArtifactFiles files;
  private final InstantSource clock;

  LoggedModelRoutes(
      LoggedModels models,
      ModelRegistry registry,
      RunGroups groups,
      ArtifactFiles files,
      InstantSource clock) {
    this.models = models;
    this.registry = registry;
    this.groups = groups;
    this.files = files;
    this.clock = clock;
  }

  void add(Endpoints to) {
    to.add("POST", PATH, (asked, _) -> create(asked));
    to.add("POST", PATH + "/search", (asked, _) -> search(asked));
    to.add("GET", PATH + "/{id}", (_, exchange) -> answer(existing(exchange.path("id"))));
    to.add("PATCH", PATH + "/{id}", this::finish);
    to.add(
        "DELETE",
        PATH + "/{id}",
        (_, exchange) -> {
          Rights.checkOwner(exchange, "delete a logged model");
          models.delete(exchange.path("id"));
          return Endpoints.NOTHING;
        });
    to.add("PATCH", PATH + "/{id}/tags", this::tag);
    to.add("DELETE", PATH + "/{id}/tags/{key}", this::untag);
    to.add("POST", PATH + "/{id}/params", this::params);
    to.add("GET", PATH + "/{id}/artifacts/directories", this::artifacts);
  }

  /** Keeps a metric that was logged for a run and a model at once. */
  void keep(TrackedId run, Parameters asked, Metric point) {
    var dataset = asked.optionalText("dataset_name").orElse("");
    var digest = asked.optionalText("dataset_digest").orElse("");
    models.measure(asked.text("model_id"), new LoggedModel.Measure(point, run, dataset, digest));
  }

  private LoggedModel existing(String id) {
    return models
        .find(id)
        .orElseThrow(() -> MlflowProblem.missing("Logged model with ID '" + id + "' not found."));
  }

  private JsonWriter.Content answer(LoggedModel model) {
    return ModelShape.answer(model, registry.allVersions());
  }

  private JsonWriter.Content create(Parameters asked) {
    var id = "m-" + UUID.randomUUID().toString().replace("-", "");
    var group =
        asked
            .optionalText("experiment_id")
            .filter(text -> !text.isEmpty())
            .orElse(RunGroup.DEFAULT);
    var place =
        groups
            .find(group)
            .orElseThrow(() -> MlflowProblem.missing("No Experiment with id=" + group + " exists"))
            .artifacts();
    var now = clock.instant();
    models.create(
        new LoggedModel(
            id,
            group,
            asked
                .optionalText("name")
                .filter(name -> !name.isEmpty())
                .map(name -> Limits.loggedModel("Logged model name", name))
                .orElseGet(() -> Names.draw(ThreadLocalRandom.current())),
            Limits.loggedModel("Model type", asked.optionalText("model_type").orElse("")),
            asked.optionalText("source_run_id").filter(TrackedId::isGood).map(TrackedId::new),
            LoggedModel.State.PENDING,
            now,
            now,
            place + "/models/" + id + "/artifacts",
            texts(asked, "params"),
            texts(asked, "tags"),
            List.of()));
    return answer(existing(id));
  }

  private static Map<String, String> texts(Parameters asked, String name) {
    var texts = new TreeMap<String, String>();
    Limits.newTags(asked.objects(name).size());
    asked
        .objects(name)
        .forEach(one ->
            texts.put(
                Limits.key("Logged model key", one.text("key")),
                Limits.modelTag(one.optionalText("value").orElse(""))));
    return texts;
  }

  private JsonWriter.Content finish(Parameters asked, Exchange exchange) {
    var word = asked.text("status");
    var state =
        switch (word) {
          case "LOGGED_MODEL_READY", "2" -> LoggedModel.State.READY;
          case "LOGGED_MODEL_UPLOAD_FAILED", "3" -> LoggedModel.State.FAILED;
          default ->
              throw MlflowProblem.invalid(
                  "Invalid model status: "
                      + word
                      + ". Expected statuses: [LOGGED_MODEL_READY, LOGGED_MODEL_UPLOAD_FAILED]");
        };
    return answer(models.change(exchange.path("id"), model -> model.withState(state)));
  }

  private JsonWriter.Content tag(Parameters asked, Exchange exchange) {
    var more = texts(asked, "tags");
    return answer(
        models.change(
            exchange.path("id"),
            model -> {
              var all = new TreeMap<>(model.tags());
              all.putAll(more);
              return model.withTags(all);
            }));
  }

  private JsonWriter.Content untag(Parameters asked, Exchange exchange) {
    var key = exchange.path("key");
    models.change(
        exchange.path("id"),
        model -> {
          var all = new TreeMap<>(model.tags());
          if (all.remove(key) == null) {
            throw MlflowProblem.missing("No tag with key '" + key + "' for model " + model.id());
          }
          return model.withTags(all);
        });
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content params(Parameters asked, Exchange exchange) {
    var more = texts(asked, "params");
    models.change(
        exchange.path("id"),
        model -> {
          var all = new TreeMap<>(model.params());
          all.putAll(more);
          return model.withParams(all);
        });
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content artifacts(Parameters asked, Exchange exchange) {
    var model = existing(exchange.path("id"));
    var path = asked.optionalText("artifact_directory_path").orElse("");
    var entries = files.list(ArtifactRoutes.place(model.artifacts(), path));
    return json ->
        json.text("root_uri", model.artifacts())
            .list(
                "files",
                entries,
                (one, entry) -> ArtifactRoutes.write(one, entry, path.isEmpty() ? "" : path + "/"));
  }

  private JsonWriter.Content search(Parameters asked) {
    var paging = Paging.of(asked, USUAL, MOST);
    var clauses =
        FilterReader.filter(asked.optionalText("filter").orElse(""), Vocabulary.LOGGED_MODELS);
    Comparator<LoggedModel> order = (_, _) -> 0;
    for (var by : asked.objects("order_by")) {
      var read = FilterReader.order(by.text("field_name"), Vocabulary.LOGGED_MODELS);
      boolean ascending = !by.has("ascending") || by.flag("ascending");
      order = order.thenComparing(LoggedModelOrder.of(read.field(), ascending));
    }
    var newest = Comparator.comparing(LoggedModel::created).reversed();
    var all =
        models.of(asked.texts("experiment_ids")).stream()
            .filter(model -> clauses.stream().allMatch(clause -> holds(clause, model)))
            .sorted(order.thenComparing(newest).thenComparing(LoggedModel::id))
            .toList();
    List<ModelVersion> versions = registry.allVersions();
    var page = paging.of(all, Weight::of);
    return json ->
        json.list("models", page.entries(), (one, model) -> ModelShape.logged(one, model, versions))
            .text("next_page_token", page.next());
  }

  private static boolean holds(Clause clause, LoggedModel model) {
    var key = clause.field().key();
    return switch (clause.field().kind()) {
      case PARAM -> clause.holds(Optional.ofNullable(model.params().get(key)));
      case TAG -> clause.holds(Optional.ofNullable(model.tags().get(key)));
      case METRIC ->
          model.metrics().stream()
              .filter(measure -> measure.metric().key().equals(key))
              .anyMatch(measure -> clause.holds(OptionalDouble.of(measure.metric().value())));
      case ATTRIBUTE ->
          switch (key) {
            case "creation_timestamp" ->
                clause.holds(OptionalDouble.of((double) model.created().toEpochMilli()));
            case "last_updated_timestamp" ->
                clause.holds(OptionalDouble.of((double) model.updated().toEpochMilli()));
            default -> clause.holds(Optional.of(LoggedModelOrder.text(key, model)));
          };
      case DATASET -> false;
    };
  }
}
