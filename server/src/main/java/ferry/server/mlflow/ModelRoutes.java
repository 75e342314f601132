package ferry.server.mlflow;

import ferry.query.Clause;
import ferry.query.Field;
import ferry.query.FilterReader;
import ferry.query.Order;
import ferry.query.Vocabulary;
import ferry.registry.Model;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import ferry.registry.Stage;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code /mlflow/registered-models}: models, their tags and aliases. */
final class ModelRoutes {
  private static final String PATH = "/registered-models";
  private static final int USUAL = 100;
  private static final int MOST = 1000;

  private final ModelRegistry models;
  private final Events events;

  ModelRoutes(ModelRegistry models, Events events) {
    this.models = models;
    this.events = events;
  }

  void add(Endpoints to) {
    to.add("POST", PATH + "/create", this::create);
    to.add("POST", PATH + "/rename", this::rename);
    to.add("PATCH", PATH + "/update", this::update);
    to.add("DELETE", PATH + "/delete", this::delete);
    to.add("GET", PATH + "/get", (asked, _) -> answer(existing(asked.text("name"))));
    to.add("GET", PATH + "/search", (asked, _) -> search(asked));
    to.add("POST", PATH + "/get-latest-versions", (asked, _) -> latest(asked));
    to.add("GET", PATH + "/get-latest-versions", (asked, _) -> latest(asked));
    to.add("POST", PATH + "/set-tag", this::tag);
    to.add("DELETE", PATH + "/delete-tag", this::untag);
    to.add("POST", PATH + "/alias", this::setAlias);
    to.add("DELETE", PATH + "/alias", this::deleteAlias);
    to.add("GET", PATH + "/alias", (asked, _) -> byAlias(asked));
  }

  private Model existing(String name) {
    return models
        .find(name)
        .orElseThrow(
            () -> MlflowProblem.missing("Registered Model with name=" + name + " not found"));
  }

  private JsonWriter.Content answer(Model model) {
    var versions = models.versions(model.name());
    return json -> json.object("registered_model", one -> ModelShape.model(one, model, versions));
  }

  private JsonWriter.Content create(Parameters asked, Exchange exchange) {
    var tags = new LinkedHashMap<String, String>();
    Limits.newTags(asked.objects("tags").size());
    for (var tag : asked.objects("tags")) {
      tags.put(
          Limits.key("Tag", tag.text("key")),
          Limits.modelTag(tag.optionalText("value").orElse("")));
    }
    var name = Limits.modelName(asked.text("name"));
    var event = events.of(exchange, name, OptionalInt.empty(), "created", Map.of());
    var description = Limits.description(asked.optionalText("description").orElse(""));
    models.create(new Model(name, description, event.at(), event.at(), tags, Map.of()), event);
    return answer(existing(name));
  }

  private JsonWriter.Content rename(Parameters asked, Exchange exchange) {
    Rights.checkOwner(exchange, "rename a model");
    var name = asked.text("name");
    var to = Limits.modelName(asked.text("new_name"));
    models.rename(
        name, to, events.of(exchange, to, OptionalInt.empty(), "renamed", Map.of("before", name)));
    return answer(existing(to));
  }

  private JsonWriter.Content update(Parameters asked, Exchange exchange) {
    var name = asked.text("name");
    var text = Limits.description(asked.optionalText("description").orElse(""));
    var event = events.of(exchange, name, OptionalInt.empty(), "described", Map.of("text", text));
    return answer(models.change(name, model -> model.withDescription(text), event));
  }

  private JsonWriter.Content delete(Parameters asked, Exchange exchange) {
    Rights.checkOwner(exchange, "delete a model");
    var name = asked.text("name");
    models.delete(name, events.of(exchange, name, OptionalInt.empty(), "deleted", Map.of()));
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content search(Parameters asked) {
    var paging = Paging.of(asked, USUAL, MOST);
    var asking =
        Prompts.of(FilterReader.filter(asked.optionalText("filter").orElse(""), Vocabulary.MODELS));
    var orders =
        asked.texts("order_by").stream()
            .map(text -> FilterReader.order(text, Vocabulary.MODELS))
            .toList();
    var all =
        models.all().stream()
            .filter(model -> asking.fits(model.tags()))
            .filter(model -> asking.others().stream().allMatch(one -> holds(one, model)))
            .sorted(order(orders))
            .toList();
    var page = paging.of(all, model -> Weight.of(model, latest(model)));
    return json ->
        json.list(
                "registered_models",
                page.entries(),
                (one, model) -> ModelShape.model(one, model, latest(model)))
            .text("next_page_token", page.next());
  }

  private List<ModelVersion> latest(Model model) {
    return ModelShape.latest(models.versions(model.name()));
  }

  private static boolean holds(Clause clause, Model model) {
    return clause.field().kind() == Field.Kind.TAG
        ? clause.holds(Optional.ofNullable(model.tags().get(clause.field().key())))
        : clause.holds(Optional.of(model.name()));
  }

  private static Comparator<Model> order(List<Order> orders) {
    Comparator<Model> all = (_, _) -> 0;
    for (var order : orders) {
      var one = order(order.field().key());
      all = all.thenComparing(order.ascending() ? one : one.reversed());
    }
    return all.thenComparing(Model::name);
  }

  private static Comparator<Model> order(String key) {
    return switch (key) {
      case "name" -> Comparator.comparing(Model::name);
      case "creation_timestamp" -> Comparator.comparing(Model::created);
      default -> Comparator.comparing(Model::updated);
    };
  }

  private JsonWriter.Content latest(Parameters asked) {
    var model = existing(asked.text("name"));
    var stages = asked.texts("stages").stream().map(ModelRoutes::stage).toList();
    var latest =
        ModelShape.latest(models.versions(model.name())).stream()
            .filter(version -> stages.isEmpty() || stages.contains(version.stage()))
            .toList();
    return json ->
        json.list(
            "model_versions", latest, (one, version) -> ModelShape.version(one, version, model));
  }

  static Stage stage(String word) {
    return Stage.of(word)
        .orElseThrow(() ->
            MlflowProblem.invalid(
                "Invalid Model Version stage: "
                    + word
                    + ". Value must be one of None, Staging, Production, Archived."));
  }

  private JsonWriter.Content tag(Parameters asked, Exchange exchange) {
    var name = asked.text("name");
    var key = Limits.key("Tag", asked.text("key"));
    var value = Limits.modelTag(asked.optionalText("value").orElse(""));
    var event = events.of(exchange, name, OptionalInt.empty(), "tagged", Map.of(key, value));
    models.change(name, model -> model.withTag(key, value), event);
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content untag(Parameters asked, Exchange exchange) {
    var name = asked.text("name");
    var key = asked.text("key");
    var event = events.of(exchange, name, OptionalInt.empty(), "untagged", Map.of("tag", key));
    models.change(name, model -> model.withoutTag(key), event);
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content setAlias(Parameters asked, Exchange exchange) {
    var name = asked.text("name");
    var alias = Limits.alias(asked.text("alias"));
    int version = VersionRoutes.number(asked.text("version"));
    VersionRoutes.existing(models, name, version);
    var event =
        events.of(exchange, name, OptionalInt.of(version), "alias set", Map.of("alias", alias));
    models.change(name, model -> model.withAlias(alias, version), event);
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content deleteAlias(Parameters asked, Exchange exchange) {
    var name = asked.text("name");
    var alias = asked.text("alias");
    var event =
        events.of(exchange, name, OptionalInt.empty(), "alias deleted", Map.of("alias", alias));
    models.change(name, model -> model.withoutAlias(alias), event);
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content byAlias(Parameters asked) {
    var model = existing(asked.text("name"));
    var alias = asked.text("alias");
    var number = model.aliases().get(alias);
    if (number == null) {
      throw MlflowProblem.invalid("Registered model alias " + alias + " not found.");
    }
    var version = VersionRoutes.existing(models, model.name(), number);
    return json -> json.object("model_version", one -> ModelShape.version(one, version, model));
  }
}
