package ferry.server.upkeep;

import ferry.error.UserException;
import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.server.http.Route.Access;
import ferry.tracking.RunCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the server is alive, and whether it can do its work now. Both answer anybody, and the
 * second says why not.
 */
final class HealthResource {
  private final RunCatalog catalog;
  private final WatchedJournal journal;
  private final Supplier<Optional<String>> broken;

  /**
   * Of one server.
   *
   * @param broken why it decides nothing any more, if it does not
   */
  HealthResource(RunCatalog catalog, WatchedJournal journal, Supplier<Optional<String>> broken) {
    this.catalog = catalog;
    this.journal = journal;
    this.broken = broken;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/health/live", Access.ANYBODY, this::live),
        new Route("GET", "/health/ready", Access.ANYBODY, this::ready));
  }

  private void live(Exchange exchange) throws IOException {
    answer(exchange, "live", "broken", broken.get().stream().toList());
  }

  private void ready(Exchange exchange) throws IOException {
    var reasons = new ArrayList<String>();
    broken.get().ifPresent(reasons::add);
    journal.failure().ifPresent(reasons::add);
    try {
      catalog.latest();
    } catch (UserException unreadable) {
      reasons.add(unreadable.getMessage());
    }
    answer(exchange, "ready", "unready", reasons);
  }

  private static void answer(Exchange exchange, String good, String bad, List<String> reasons)
      throws IOException {
    if (reasons.isEmpty()) {
      exchange.json(200, json -> json.text("status", good));
    } else {
      exchange.json(503, json -> json.text("status", bad).texts("reasons", reasons));
    }
  }
}
