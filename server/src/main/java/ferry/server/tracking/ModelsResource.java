package ferry.server.tracking;

import ferry.error.RequestError;
import ferry.registry.Model;
import ferry.registry.ModelEvent;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import ferry.registry.Promotions;
import ferry.registry.Rule;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRun;
import ferry.tracking.TrackedRuns;
import ferry.workflow.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models, where their versions came from, and which of them is promoted by which rule. */
public final class ModelsResource {
  private final ModelRegistry models;
  private final TrackedRuns runs;
  private final Promotions promotions;

  public ModelsResource(ModelRegistry models, TrackedRuns runs, Promotions promotions) {
    this.models = models;
    this.runs = runs;
    this.promotions = promotions;
  }

  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/models", this::list),
        Route.of("GET", "/api/v1/models/{name}", this::show),
        Route.of("POST", "/api/v1/models/{name}/promote", this::promote));
  }

  private void list(Exchange exchange) throws IOException {
    exchange.json(200, json -> json.list("models", models.all(), this::summary));
  }

  private void summary(JsonWriter json, Model model) throws IOException {
    var versions = models.versions(model.name());
    json.text("name", model.name())
        .text("description", model.description())
        .number("versions", (long) versions.size())
        .text("created", model.created().toString())
        .text("updated", model.updated().toString());
    if (!versions.isEmpty()) {
      json.number("latest", (long) versions.getLast().number());
    }
    aliases(json, model);
  }

  private static void aliases(JsonWriter json, Model model) throws IOException {
    json.object(
        "aliases",
        all -> {
          for (Map.Entry<String, Integer> alias : model.aliases().entrySet()) {
            all.number(alias.getKey(), (long) alias.getValue());
          }
        });
  }

  private Model existing(String name) {
    return models
        .find(name)
        .orElseThrow(() -> {
          var names = models.all().stream().map(Model::name).toList();
          return new RequestError.NotFound("model", name, Names.nearest(name, names)).thrown();
        });
  }

  private void show(Exchange exchange) throws IOException {
    var model = existing(exchange.path("name"));
    exchange.json(
        200,
        json -> {
          summary(json, model);
          json.texts("tags", model.tags())
              .list(
                  "list",
                  models.versions(model.name()),
                  (one, version) -> version(one, version, model))
              .list("events", models.events(model.name()), ModelsResource::event);
        });
  }

  private void version(JsonWriter json, ModelVersion version, Model model) throws IOException {
    var run = version.run().flatMap(runs::find);
    json.number("number", (long) version.number())
        .text("stage", version.stage().word())
        .text("description", version.description())
        .text("user", version.user())
        .text("created", version.created().toString())
        .text("source", version.source())
        .text("trackedRun", version.run())
        .text("run", run.flatMap(TrackedRun::run))
        .text("commit", run.flatMap(this::commit))
        .texts("data", run.map(ModelsResource::data).orElse(List.of()))
        .texts("tags", version.tags());
    var aliases = new ArrayList<String>();
    model
        .aliases()
        .forEach((alias, number) -> {
          if (number == version.number()) {
            aliases.add(alias);
          }
        });
    json.texts("aliases", aliases)
        .object(
            "metrics",
            all -> {
              for (Map.Entry<String, Double> one : promotions.metrics(version).entrySet()) {
                all.number(one.getKey(), one.getValue().doubleValue());
              }
            });
  }

  /**
   * The commit of the code that a version came from: its run's own, or that of the run it is in.
   */
  private Optional<String> commit(TrackedRun run) {
    return Optional.ofNullable(run.tags().get("mlflow.source.git.commit"))
        .or(() -> Optional.ofNullable(run.tags().get("ferry.code.commit")))
        .or(() ->
            run.run()
                .map(TrackedId::of)
                .flatMap(runs::find)
                .flatMap(owner -> Optional.ofNullable(owner.tags().get("ferry.code.commit"))));
  }

  private static List<String> data(TrackedRun run) {
    return run.inputs().stream().map(input -> input.name() + " " + input.digest()).toList();
  }

  private static void event(JsonWriter json, ModelEvent event) throws IOException {
    json.number("version", event.version())
        .text("at", event.at().toString())
        .text("who", event.who())
        .text("what", event.what())
        .texts("details", event.details());
  }

  private void promote(Exchange exchange) throws IOException {
    var asked = exchange.body();
    var name = existing(exchange.path("name")).name();
    var text = asked.text("version");
    if (!text.matches("[0-9]{1,9}")) {
      throw new RequestError.BadRequest(
              "the version is `"
                  + text
                  + "`; expected a number, as `ferry models "
                  + name
                  + "` lists",
              List.of())
          .thrown();
    }
    var request =
        new Promotions.Request(
            name,
            Integer.parseInt(text),
            asked.text("alias"),
            asked.optionalText("if"),
            asked.optionalText("why"),
            asked.optionalText("who").orElseGet(() -> System.getProperty("user.name", "somebody")));
    Rule.Verdict verdict = promotions.promote(request);
    if (!verdict.holds()) {
      throw refused("version " + text + " of `" + name + "` is not promoted: its rule ", verdict);
    }
    exchange.json(
        200,
        json ->
            json.text("model", name)
                .number("version", (long) request.version())
                .text("alias", request.alias())
                .texts("check", verdict.words()));
  }

  private static RuntimeException refused(String what, Rule.Verdict verdict) {
    var all = new ArrayList<>(verdict.words());
    all.addAll(verdict.help());
    return verdict.help().isEmpty()
        ? new RequestError.Conflict(what + "does not hold", all).thrown()
        : new RequestError.BadRequest(what + "asks for what was not measured", all).thrown();
  }
}
