package ferry.server;

import ferry.server.http.Exchange;
import ferry.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** The description of the API for programs, in OpenAPI 3.1; a file beside this class. */
final class OpenApi {
  private static final String FILE = "openapi.json";

  private OpenApi() {}

  static List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/openapi.json", OpenApi::show));
  }

  private static void show(Exchange exchange) throws IOException {
    try (var description = OpenApi.class.getResourceAsStream(FILE)) {
      var bytes = Objects.requireNonNull(description, FILE).readAllBytes();
      exchange.send(200, "application/json", bytes);
    }
  }
}
