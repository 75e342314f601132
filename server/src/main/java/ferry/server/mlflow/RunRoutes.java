package ferry.server.mlflow;

import ferry.query.FilterReader;
import ferry.query.Vocabulary;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.tracking.NewRun;
import ferry.tracking.RunGroup;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRun;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackedRuns.Search;
import ferry.tracking.TrackedRuns.Update;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** {@code /mlflow/runs}: open, change, find. */
final class RunRoutes {
  private static final int USUAL = 1000;
  private static final int MOST = 50_000;

  private final TrackedRuns runs;
  private final Rights rights;
  private final InstantSource clock;

  RunRoutes(TrackedRuns runs, Rights rights, InstantSource clock) {
    this.runs = runs;
    this.rights = rights;
    this.clock = clock;
  }

  void add(Endpoints to) {
    to.add("POST", "/runs/create", this::create);
    to.add("GET", "/runs/get", (asked, _) -> RunShape.answer(existing(id(asked))));
    to.add("POST", "/runs/update", this::update);
    to.add("POST", "/runs/search", (asked, _) -> search(asked));
    to.add("POST", "/runs/delete", (asked, exchange) -> delete(asked, exchange, true));
    to.add("POST", "/runs/restore", (asked, exchange) -> delete(asked, exchange, false));
  }

  static TrackedId id(Parameters asked) {
    var id =
        asked
            .optionalText("run_id")
            .filter(text -> !text.isEmpty())
            .or(() -> asked.optionalText("run_uuid"))
            .orElseThrow(
                () -> MlflowProblem.invalid("Missing value for required parameter 'run_id'."));
    return id(id);
  }

  static TrackedId id(String text) {
    if (!TrackedId.isGood(text)) {
      throw MlflowProblem.invalid("Invalid run ID: '" + Limits.shown(text) + "'");
    }
    return new TrackedId(text);
  }

  private TrackedRun existing(TrackedId id) {
    return runs.find(id)
        .orElseThrow(() -> MlflowProblem.missing("Run with id=" + id + " not found"));
  }

  private JsonWriter.Content create(Parameters asked, Exchange exchange) {
    var tags = new LinkedHashMap<String, String>();
    Limits.newTags(asked.objects("tags").size());
    for (var tag : asked.objects("tags")) {
      tags.put(Limits.key("Tag", tag.text("key")), Limits.tag(tag.given("value")));
    }
    var attempt = Rights.attempt(exchange);
    var parent =
        Optional.ofNullable(tags.remove(RunTags.PARENT))
            .flatMap(RunTags::parent)
            .or(() -> attempt.map(of -> TrackedId.of(of.run(), of.stepRun())));
    var started = Limits.time("start_time", asked.optionalNumber("start_time"));
    var said = asked.optionalText("user_id").filter(text -> !text.isEmpty()).map(Limits::user);
    var user = Optional.ofNullable(tags.remove(RunTags.USER));
    var run =
        new NewRun(
            new TrackedId(UUID.randomUUID().toString().replace("-", "")),
            asked
                .optionalText("experiment_id")
                .filter(id -> !id.isEmpty())
                .orElse(RunGroup.DEFAULT),
            name(asked, tags),
            said.or(() -> user).orElse(""),
            started.orElseGet(clock::instant),
            parent,
            attempt.map(of -> of.run()),
            tags);
    return RunShape.answer(runs.create(run));
  }

  private static String name(Parameters asked, Map<String, String> tags) {
    var tag = Optional.ofNullable(tags.remove(RunTags.NAME)).filter(name -> !name.isEmpty());
    var said = asked.optionalText("run_name").filter(name -> !name.isEmpty());
    if (said.isPresent() && tag.isPresent() && !said.equals(tag)) {
      throw MlflowProblem.invalid(
          "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different"
              + " values (run_name='"
              + Limits.shown(said.get())
              + "', mlflow.runName='"
              + Limits.shown(tag.get())
              + "').");
    }
    return said.or(() -> tag)
        .map(Limits::runName)
        .orElseGet(() -> Names.draw(ThreadLocalRandom.current()));
  }

  private JsonWriter.Content update(Parameters asked, Exchange exchange) {
    var id = id(asked);
    rights.checkWrite(exchange, id);
    runs.update(
        id,
        new Update(
            asked.optionalText("status").map(Statuses::status),
            Limits.time("end_time", asked.optionalNumber("end_time")),
            asked.optionalText("run_name").filter(name -> !name.isEmpty()).map(Limits::runName),
            Optional.empty()));
    var run = existing(id);
    return json -> json.object("run_info", info -> RunShape.info(info, run));
  }

  private JsonWriter.Content delete(Parameters asked, Exchange exchange, boolean isDeleted) {
    var id = id(asked);
    rights.checkWrite(exchange, id);
    existing(id);
    runs.setDeleted(id, isDeleted);
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content search(Parameters asked) {
    var paging = Paging.of(asked, USUAL, MOST);
    var clauses =
        FilterReader.filter(asked.optionalText("filter").orElse(""), Vocabulary.RUNS).stream()
            .map(RunTags::translated)
            .map(clause ->
                clause.field().key().equals("status") ? Statuses.translated(clause) : clause)
            .toList();
    var orders =
        asked.texts("order_by").stream()
            .map(text -> FilterReader.order(text, Vocabulary.RUNS))
            .map(RunTags::translated)
            .toList();
    if (orders.stream().map(order -> order.field()).distinct().count() < orders.size()) {
      throw MlflowProblem.invalid(
          "`order_by` contains duplicate fields: " + asked.texts("order_by"));
    }
    var page =
        runs.page(
            new Search(
                asked.texts("experiment_ids"),
                ExperimentRoutes.view(asked, "run_view_type"),
                clauses,
                orders,
                paging.offset(),
                paging.limit()),
            Weight.MOST);
    var next =
        page.isLast() ? Optional.<String>empty() : Optional.of(paging.after(page.runs().size()));
    return json -> json.list("runs", page.runs(), RunShape::write).text("next_page_token", next);
  }
}
