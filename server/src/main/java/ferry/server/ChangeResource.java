package ferry.server;

import ferry.backend.Backend;
import ferry.backend.Plan;
import ferry.engine.Journal;
import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.submission.Submissions;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Stops, retries, repeats and removes runs. */
final class ChangeResource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RunCatalog catalog;
  private final RunLookup lookup;
  private final Journal journal;
  private final Submissions submissions;
  private final RunFiles files;
  private final RunFeed feed;

  ChangeResource(
      RunCatalog catalog,
      RunLookup lookup,
      Journal journal,
      Submissions submissions,
      RunFiles files,
      RunFeed feed) {
    this.catalog = catalog;
    this.lookup = lookup;
    this.journal = journal;
    this.submissions = submissions;
    this.files = files;
    this.feed = feed;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/api/v1/runs/{run}/stop", this::stop),
        Route.of("POST", "/api/v1/runs/{run}/retry", this::retry),
        Route.of("POST", "/api/v1/runs/{run}/rerun", this::rerun),
        Route.of("DELETE", "/api/v1/runs/{run}", this::remove));
  }

  private void stop(Exchange exchange) throws IOException {
    var reason = exchange.body().optionalText("reason").orElse("somebody asked");
    var run = lookup.record(exchange.path("run"));
    backend(run.plan()).stop(run.summary().id(), reason);
    summary(exchange, run.summary().id());
  }

  private void retry(Exchange exchange) throws IOException {
    var run = lookup.record(exchange.path("run"));
    backend(run.plan()).retry(run.summary().id());
    summary(exchange, run.summary().id());
  }

  private void summary(Exchange exchange, RunId id) throws IOException {
    var run = lookup.record(id.value());
    exchange.json(200, json -> RunJson.summary(json, run.summary()));
  }

  private void rerun(Exchange exchange) throws IOException {
    var body = exchange.body();
    var key = body.text("key");
    Map<String, String> params = body.map("params");
    var id = lookup.id(exchange.path("run"));
    var original = journal.plan(id).orElseThrow(() -> notFound(id));
    var again = submissions.rerun(original, key, params);
    SubmitResource.answer(exchange, again.accepted(), List.of(), again.notes());
  }

  private void remove(Exchange exchange) throws IOException, InterruptedException {
    var run = lookup.record(exchange.path("run"));
    var id = run.summary().id();
    if (!run.summary().status().isEnded()) {
      if (!exchange.flag("force")) {
        throw new RequestError.Conflict(
                "run `" + id + "` has not ended",
                List.of(
                    "stop it first: `ferry stop " + id + "`", "or `ferry rm --force " + id + "`"))
            .thrown();
      }
      stopAndWait(run.plan());
    }
    catalog.delete(id);
    files.delete(id);
    exchange.empty(204);
  }

  /** The second wish to stop ends the steps of {@code finally}, too. */
  private void stopAndWait(Plan plan) throws InterruptedException {
    try (var watch = feed.watch(plan.id())) {
      backend(plan).stop(plan.id(), "it is being removed");
      backend(plan).stop(plan.id(), "it is being removed");
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!catalog
          .find(plan.id())
          .orElseThrow(() -> notFound(plan.id()))
          .summary()
          .status()
          .isEnded()) {
        if (System.nanoTime() > deadline) {
          throw new RequestError.Conflict(
                  "run `" + plan.id() + "` is still stopping", List.of("try again in a moment"))
              .thrown();
        }
        watch.take(0, System.nanoTime() + Duration.ofSeconds(1).toNanos());
      }
    }
  }

  private Backend backend(Plan plan) {
    return submissions.backend(plan);
  }

  private static RuntimeException notFound(RunId id) {
    return new RequestError.NotFound("run", id.value(), java.util.Optional.empty()).thrown();
  }
}
