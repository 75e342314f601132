package ferry.server.upkeep;

import ferry.error.RequestError;
import ferry.server.RunLookup;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.tracking.Logs;
import ferry.tracking.RunCatalog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Finds a text in the logs of all runs; a few such searches at a time. */
final class LogSearchResource {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST = 1000;
  private static final int USUAL = 100;
  private static final int LONGEST_TEXT = 1000;

  private final RunCatalog catalog;
  private final RunLookup lookup;
  private final Logs logs;
  private final Semaphore room = new Semaphore(2);

  LogSearchResource(RunCatalog catalog, RunLookup lookup, Logs logs) {
    this.catalog = catalog;
    this.lookup = lookup;
    this.logs = logs;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/logs", this::find));
  }

  private void find(Exchange exchange) throws IOException, InterruptedException {
    var text = exchange.query("text").orElse("");
    if (text.isBlank() || text.length() > LONGEST_TEXT || text.indexOf('\n') >= 0) {
      throw new RequestError.BadRequest(
              "`text` is what is looked for, and is missing, too long or more than a line",
              List.of("like `ferry logs --grep Error`, or `/api/v1/logs?text=Error`"))
          .thrown();
    }
    var wanted =
        new LogSearch.Wanted(
            text,
            exchange.flag("ignoreCase"),
            exchange.query("run").map(lookup::id),
            exchange.query("workflow"),
            exchange.number("limit", 1, MOST).map(Long::intValue).orElse(USUAL));
    room.acquire();
    try {
      long deadline = System.nanoTime() + LONGEST.toNanos();
      answer(exchange, new LogSearch(catalog, logs, wanted, deadline).search());
    } finally {
      room.release();
    }
  }

  private static void answer(Exchange exchange, LogSearch search) throws IOException {
    exchange.json(
        200,
        json ->
            json.list(
                    "matches",
                    search.matches(),
                    (each, match) ->
                        each.text("run", match.run().value())
                            .text("step", match.step())
                            .number("attempt", (long) match.attempt())
                            .number("line", match.line())
                            .number("from", match.from())
                            .text("text", match.text()))
                .truth("complete", search.isComplete())
                .object(
                    "searched",
                    all ->
                        all.number("runs", (long) search.runs()).number("bytes", search.bytes())));
  }
}
