package ferry.server;

import ferry.server.http.Exchange;
import ferry.server.http.Route;
import ferry.server.http.Route.Access;
import java.io.IOException;
import java.util.List;

/** Signs a browser in: a link made in a terminal, given back by the page that it opens. */
final class SessionResource {
  private final Sessions sessions;

  SessionResource(Sessions sessions) {
    this.sessions = sessions;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/api/v1/links", this::link),
        new Route("POST", "/api/v1/session", Access.ANYBODY, this::open));
  }

  private void link(Exchange exchange) throws IOException {
    var address = "?code=" + sessions.code();
    exchange.json(
        201, json -> json.text("path", address).text("url", exchange.url() + "/" + address));
  }

  private void open(Exchange exchange) throws IOException {
    var code = exchange.body().text("code");
    var token = sessions.open(code);
    exchange.json(201, json -> json.text("token", token));
  }
}
