package ferry.server;

import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.server.http.Route.Access;
import java.io.IOException;
import java.util.List;

/** The server itself: what it is, how it does, and how to end it. */
final class ServerResource {
  private final ServerFacts facts;
  private final Runnable stop;

  ServerResource(ServerFacts facts, Runnable stop) {
    this.facts = facts;
    this.stop = stop;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/health", Access.ANYBODY, this::health),
        new Route("GET", "/api/v1/health", Access.ANYBODY, this::health),
        Route.of("GET", "/api/v1/server", this::show),
        Route.of("POST", "/api/v1/server/stop", this::stop));
  }

  private void health(Exchange exchange) throws IOException {
    var broken = facts.broken().get();
    if (broken.isEmpty()) {
      exchange.json(200, json -> json.text("status", "ok"));
    } else {
      exchange.json(503, json -> json.text("status", "broken").text("reason", broken));
    }
  }

  private void show(Exchange exchange) throws IOException {
    exchange.json(200, json -> facts.write(json, exchange.url()));
  }

  /** Answers first: what comes after the answer may never be heard. */
  private void stop(Exchange exchange) throws IOException {
    exchange.json(202, json -> json.text("status", "stopping"));
    stop.run();
  }
}
