package ferry.server;

import ferry.run.RunId;
import ferry.server.http.Exchange;
import ferry.server.http.HttpProblem;
import ferry.server.http.Route;
import ferry.tracking.Logs;
import ferry.tracking.RunCatalog;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Live views: a run as it is, then what changes, until it has ended. */
final class EventsResource {
  private static final int MOST_WATCHERS = 200;
  private static final int MOST_TAIL = 10_000;

  private final RunCatalog catalog;
  private final RunLookup lookup;
  private final RunJson json;
  private final RunFeed feed;
  private final Logs logs;
  private final Semaphore places = new Semaphore(MOST_WATCHERS);

  EventsResource(RunCatalog catalog, RunLookup lookup, RunJson json, RunFeed feed, Logs logs) {
    this.catalog = catalog;
    this.lookup = lookup;
    this.json = json;
    this.feed = feed;
    this.logs = logs;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/runs/{run}/events", this::events));
  }

  private void events(Exchange exchange) throws IOException, InterruptedException {
    RunId run = lookup.id(exchange.path("run"));
    boolean withLogs = exchange.flag("logs");
    int tail = exchange.number("tail", 0, MOST_TAIL).map(Long::intValue).orElse(-1);
    if (!places.tryAcquire()) {
      throw new HttpProblem(503, "busy", "too many watch runs already", "try again in a moment");
    }
    try (var watch = feed.watch(run)) {
      var found = lookup.record(run.value());
      var out = exchange.stream("text/event-stream", Map.of());
      var logView =
          withLogs ? new LiveLogs(run, logs, tail, since(exchange)) : LiveLogs.none(run, logs);
      new LiveRun(catalog, json, watch, logView, new SseWriter(out), found).tell();
      out.close();
    } finally {
      places.release();
    }
  }

  private static Optional<Instant> since(Exchange exchange) {
    return exchange.number("since", 0, Long.MAX_VALUE).map(Instant::ofEpochMilli);
  }
}
