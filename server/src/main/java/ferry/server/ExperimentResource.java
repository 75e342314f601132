package ferry.server;

import ferry.backend.Plan;
import ferry.backend.Rendered;
import ferry.error.RequestError;
import ferry.experiment.Experiment;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.TrialOrder;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import ferry.search.Goal;
import ferry.search.Preview;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.submission.SearchRequest;
import ferry.submission.Searches.Draft;
import ferry.submission.Submissions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Begins, lists, shows and changes experiments and their trials. */
final class ExperimentResource {
  private static final int LIMIT = 100;
  private static final int MOST = 1000;
  private static final int MOST_READ = 1000;
  private static final int MOST_LIKE = 5;
  private static final int MOST_WATCHERS = 100;
  private static final List<String> SORTS = List.of("number", "metric", "length", "state");

  private final SearchPorts ports;
  private final Submissions submissions;
  private final Function<List<Rendered>, String> yaml;
  private final ExperimentLookup lookup;
  private final Semaphore places = new Semaphore(MOST_WATCHERS);

  ExperimentResource(
      SearchPorts ports, Submissions submissions, Function<List<Rendered>, String> yaml) {
    this.ports = ports;
    this.submissions = submissions;
    this.yaml = yaml;
    this.lookup = new ExperimentLookup(ports.book());
  }

  List<Route> routes() {
    var one = "/api/v1/experiments/{experiment}";
    return List.of(
        Route.of("POST", "/api/v1/experiments", this::begin),
        Route.of("GET", "/api/v1/experiments", this::list),
        Route.of("GET", one, this::show),
        Route.of("GET", one + "/events", this::events),
        Route.of("GET", one + "/trials", this::trials),
        Route.of("GET", one + "/trials/{trial}", this::trial),
        Route.of("POST", one + "/stop", this::stop),
        Route.of("POST", one + "/pause", e -> change(e, ports.experiments()::pause)),
        Route.of("POST", one + "/continue", e -> change(e, ports.experiments()::proceed)));
  }

  private void begin(Exchange exchange) throws IOException {
    var body = exchange.body();
    var search = body.object("search");
    var request =
        new SearchRequest(
            SubmitResource.request(body),
            search.texts("space"),
            search.map("settings"),
            search.map("ofMethod"));
    var draft = ports.searches().read(request);
    if (body.flag("dryRun")) {
      preview(exchange, draft);
      return;
    }
    var known = ports.book().find(draft.experiment().id());
    var experiment = ports.searches().begin(draft);
    exchange.json(
        known.isPresent() ? 200 : 201,
        json ->
            json.text("id", experiment.id().value())
                .text("workflow", experiment.template().workflow().name())
                .text("backend", experiment.template().backend())
                .texts("words", draft.words())
                .texts("warnings", draft.warnings()));
  }

  private void preview(Exchange exchange, Draft draft) throws IOException {
    var template = draft.experiment().template();
    var backend = submissions.backend(template);
    var objects = backend.render(template);
    var warnings = new ArrayList<>(draft.warnings());
    warnings.addAll(backend.leftOut(template));
    var cost = draft.forecast();
    exchange.json(
        200,
        json ->
            json.text("workflow", template.workflow().name())
                .text("backend", template.backend())
                .texts("words", draft.words())
                .text("method", draft.experiment().search().method())
                .list("preview", draft.preview(), ExperimentResource::write)
                .number("units", cost.units())
                .number("time", cost.time())
                .number("parallel", (long) draft.experiment().search().parallel())
                .texts("like", like(template))
                .tree("objects", objects.stream().map(Rendered::tree).toList())
                .text("yaml", yaml.apply(objects))
                .texts("warnings", warnings));
  }

  /** The newest experiments whose trials do the same in the same place, newest first. */
  private List<String> like(Plan template) {
    var workflow = template.workflow();
    return ports.book().list(Optional.empty(), MOST_READ).stream()
        .filter(one -> one.workflow().equals(workflow.name()))
        .flatMap(one -> ports.book().experiment(one.id()).stream())
        .map(Experiment::template)
        .filter(one -> one.workflow().steps().equals(workflow.steps()))
        .filter(one -> one.workflow().finallySteps().equals(workflow.finallySteps()))
        .filter(one -> one.place().directory().equals(template.place().directory()))
        .filter(one -> one.backend().equals(template.backend()))
        .map(one -> one.id().value())
        .limit(MOST_LIKE)
        .toList();
  }

  private static void write(JsonWriter json, Preview preview) throws IOException {
    json.number("trials", preview.trials()).number("length", preview.length());
  }

  private void list(Exchange exchange) throws IOException {
    int limit = exchange.number("limit", 1, MOST).map(Long::intValue).orElse(LIMIT);
    var after = exchange.query("after").map(RunId::new);
    var all =
        exchange
            .query("label")
            .map(label -> labelled(label, after, limit))
            .orElseGet(() -> ports.book().list(after, limit));
    Optional<RunId> next = all.size() < limit ? Optional.empty() : Optional.of(all.getLast().id());
    exchange.json(200, json -> json.list("experiments", all, this::withBest).text("next", next));
  }

  /** Those with a label, as far as a page of them goes. */
  private List<ExperimentSummary> labelled(String label, Optional<RunId> after, int limit) {
    var found = new ArrayList<ExperimentSummary>();
    var from = after;
    var page = ports.book().list(from, MOST_READ);
    while (!page.isEmpty()) {
      page.stream().filter(one -> one.labels().contains(label)).forEach(found::add);
      from = Optional.of(page.getLast().id());
      page =
          found.size() < limit && page.size() == MOST_READ
              ? ports.book().list(from, MOST_READ)
              : List.of();
    }
    return found.subList(0, Math.min(limit, found.size()));
  }

  private void withBest(JsonWriter json, ExperimentSummary summary) throws IOException {
    ExperimentJson.summary(json, summary);
    var best = best(summary);
    if (best.isPresent()) {
      json.object("best", one -> ExperimentJson.trial(one, best.get()));
    }
  }

  private Optional<TrialRecord> best(ExperimentSummary summary) {
    return summary.best().isEmpty()
        ? Optional.empty()
        : ports.book().trial(summary.id(), summary.best().getAsInt());
  }

  private void show(Exchange exchange) throws IOException {
    whole(exchange, lookup.find(exchange.path("experiment")));
  }

  /** Shows the experiment of exactly that name, if there is one. */
  boolean isShown(Exchange exchange, String name) throws IOException {
    var id = ports.book().startingWith(name).stream().filter(one -> one.value().equals(name));
    var summary = id.findFirst().flatMap(ports.book()::find);
    if (summary.isPresent()) {
      whole(exchange, summary.get());
    }
    return summary.isPresent();
  }

  private void whole(Exchange exchange, ExperimentSummary summary) throws IOException {
    var experiment = experiment(summary);
    exchange.json(200, json -> ExperimentJson.whole(json, summary, experiment, best(summary)));
  }

  private Experiment experiment(ExperimentSummary summary) {
    return ports
        .book()
        .experiment(summary.id())
        .orElseThrow(() ->
            new RequestError.NotFound("experiment", summary.id().value(), Optional.empty())
                .thrown());
  }

  private void trials(Exchange exchange) throws IOException {
    var summary = lookup.find(exchange.path("experiment"));
    int limit = exchange.number("limit", 1, MOST).map(Long::intValue).orElse(LIMIT);
    var order = exchange.query("sort").map(word -> order(word, summary));
    if (order.isPresent()) {
      var first = ports.book().first(summary.id(), order.get(), limit);
      exchange.json(200, json -> json.list("trials", first, ExperimentJson::trial));
      return;
    }
    int after = exchange.number("after", 0, Integer.MAX_VALUE).map(Long::intValue).orElse(0);
    var some = ports.book().trials(summary.id(), after, limit);
    Optional<Integer> next =
        some.size() < limit ? Optional.empty() : Optional.of(some.getLast().number());
    exchange.json(200, json -> json.list("trials", some, ExperimentJson::trial).text("next", next));
  }

  private static TrialOrder order(String word, ExperimentSummary summary) {
    return switch (word) {
      case "number" -> TrialOrder.NUMBER;
      case "metric" -> summary.goal() == Goal.MINIMIZE ? TrialOrder.LOWEST : TrialOrder.HIGHEST;
      case "length" -> TrialOrder.LONGEST;
      case "state" -> TrialOrder.STATE;
      default ->
          throw new RequestError.BadRequest(
                  "`sort` is `" + word + "`", List.of("it can be " + String.join(", ", SORTS)))
              .thrown();
    };
  }

  private void trial(Exchange exchange) throws IOException {
    var summary = lookup.find(exchange.path("experiment"));
    var trial = lookup.trial(summary, exchange.path("trial"));
    exchange.json(200, json -> ExperimentJson.trial(json, trial));
  }

  private void stop(Exchange exchange) throws IOException {
    var why = exchange.body().optionalText("reason").filter(text -> !text.isBlank());
    change(exchange, id -> ports.experiments().stop(id, why.orElse("somebody asked")));
  }

  private void change(Exchange exchange, java.util.function.Consumer<RunId> change)
      throws IOException {
    var id = lookup.find(exchange.path("experiment")).id();
    change.accept(id);
    var after = ports.book().find(id).orElseThrow();
    exchange.json(200, LiveExperiment.summary(after));
  }

  private void events(Exchange exchange) throws IOException, InterruptedException {
    var id = lookup.find(exchange.path("experiment")).id();
    if (!places.tryAcquire()) {
      throw new ferry.server.http.HttpProblem(
          503, "busy", "too many watch experiments already", "try again in a moment");
    }
    try (var watch = ports.feed().watch(id)) {
      var summary = ports.book().find(id).orElseThrow();
      var out = exchange.stream("text/event-stream", Map.of());
      new LiveExperiment(ports.book(), experiment(summary), watch, new SseWriter(out))
          .tell(summary);
      out.close();
    } finally {
      places.release();
    }
  }
}
