package ferry.server;

import ferry.backend.Rendered;
import ferry.error.RequestError;
import ferry.experiment.Experiment;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import ferry.search.Preview;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.submission.SearchRequest;
import ferry.submission.Searches.Draft;
import ferry.submission.Submissions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Begins, lists, shows and changes experiments and their trials. */
final class ExperimentResource {
  private static final int LIMIT = 100;
  private static final int MOST = 1000;
  private static final int MOST_WATCHERS = 100;

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
    var objects = submissions.backend(template).render(template);
    exchange.json(
        200,
        json ->
            json.text("workflow", template.workflow().name())
                .text("backend", template.backend())
                .texts("words", draft.words())
                .list("preview", draft.preview(), ExperimentResource::write)
                .number("parallel", (long) draft.experiment().search().parallel())
                .tree("objects", objects.stream().map(Rendered::tree).toList())
                .text("yaml", yaml.apply(objects))
                .texts("warnings", draft.warnings()));
  }

  private static void write(JsonWriter json, Preview preview) throws IOException {
    json.number("trials", preview.trials()).number("length", preview.length());
  }

  private void list(Exchange exchange) throws IOException {
    int limit = exchange.number("limit", 1, MOST).map(Long::intValue).orElse(LIMIT);
    var all = ports.book().list(exchange.query("after").map(RunId::new), limit);
    Optional<RunId> next = all.size() < limit ? Optional.empty() : Optional.of(all.getLast().id());
    exchange.json(200, json -> json.list("experiments", all, this::withBest).text("next", next));
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
    int after = exchange.number("after", 0, Integer.MAX_VALUE).map(Long::intValue).orElse(0);
    var some = ports.book().trials(summary.id(), after, limit);
    Optional<Integer> next =
        some.size() < limit ? Optional.empty() : Optional.of(some.getLast().number());
    exchange.json(200, json -> json.list("trials", some, ExperimentJson::trial).text("next", next));
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
