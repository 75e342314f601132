package ferry.server.mlflow;

import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects routes; each lies under every prefix that MLflow's clients know. */
final class Endpoints {
  static final List<String> PREFIXES = List.of("/api/2.0", "/ajax-api/2.0");
  static final List<String> PREFIXES_3 = List.of("/api/3.0", "/ajax-api/3.0");

  /** Does what is asked, and gives the fields of the answer. */
  @FunctionalInterface
  interface Answer {
    JsonWriter.Content to(Parameters parameters, Exchange exchange) throws IOException;
  }

  /** An answer without fields. */
  static final JsonWriter.Content NOTHING = _ -> {};

  private final List<Route> routes = new ArrayList<>();

  /** Something below {@code /mlflow}. */
  Endpoints add(String method, String path, Answer answer) {
    return raw(
        method,
        "/mlflow" + path,
        exchange -> exchange.json(200, answer.to(Parameters.of(exchange), exchange)));
  }

  Endpoints raw(String method, String path, Route.Handler handler) {
    for (var prefix : PREFIXES) {
      routes.add(new Route(method, prefix + path, Route.Access.STEPS, handler));
    }
    return this;
  }

  /** Something of the third version of the API. */
  Endpoints add3(String method, String path, Answer answer) {
    for (var prefix : PREFIXES_3) {
      routes.add(
          new Route(
              method,
              prefix + "/mlflow" + path,
              Route.Access.STEPS,
              exchange -> exchange.json(200, answer.to(Parameters.of(exchange), exchange))));
    }
    return this;
  }

  List<Route> routes() {
    return routes;
  }
}
