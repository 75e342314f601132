package ferry.server;

import ferry.backend.Backend;
import ferry.engine.Journal;
import ferry.error.RequestError;
import ferry.run.RunId;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.submission.Submissions;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunFiles;
import ferry.tracking.RunSummary;
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
    var run = lookup.summary(exchange.path("run"));
    backend(run).stop(run.id(), reason);
    summary(exchange, run.id());
  }

  private void retry(Exchange exchange) throws IOException {
    var run = lookup.summary(exchange.path("run"));
    submissions.retry(catalog.find(run.id()).orElseThrow(() -> notFound(run.id())).plan());
    summary(exchange, run.id());
  }

  private void summary(Exchange exchange, RunId id) throws IOException {
    var run = lookup.summary(id.value());
    exchange.json(200, json -> RunJson.summary(json, run));
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
    var run = lookup.summary(exchange.path("run"));
    var id = run.id();
    if (!run.status().isEnded()) {
      if (!exchange.flag("force")) {
        throw new RequestError.Conflict(
                "run `" + id + "` has not ended",
                List.of(
                    "stop it first: `ferry stop " + id + "`", "or `ferry rm --force " + id + "`"))
            .thrown();
      }
      stopAndWait(run);
    }
    backend(run).remove(id, () -> forget(id));
    exchange.empty(204);
  }

  /**
   * Files first: that makes the room which the rest may need, and leaves none that nobody knows.
   */
  private void forget(RunId id) {
    files.delete(id);
    catalog.delete(id);
  }

  /** The second wish to stop ends the steps of {@code finally}, too. */
  private void stopAndWait(RunSummary run) throws InterruptedException {
    var id = run.id();
    try (var watch = feed.watch(id)) {
      backend(run).stop(id, "it is being removed");
      backend(run).stop(id, "it is being removed");
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!catalog.summary(id).orElseThrow(() -> notFound(id)).status().isEnded()) {
        if (System.nanoTime() > deadline) {
          throw new RequestError.Conflict(
                  "run `" + id + "` is still stopping", List.of("try again in a moment"))
              .thrown();
        }
        watch.take(0, System.nanoTime() + Duration.ofSeconds(1).toNanos());
      }
    }
  }

  private Backend backend(RunSummary run) {
    return submissions.backend(run.backend());
  }

  private static RuntimeException notFound(RunId id) {
    return new RequestError.NotFound("run", id.value(), java.util.Optional.empty()).thrown();
  }
}
