package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import ferry.server.http.Route;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void everyRouteIsDescribedAndNothingElse() throws Exception {
    var routes = new TreeSet<String>();
    for (Route route : server.routes) {
      routes.add(route.method() + " " + route.path());
    }

    var description = server.get("/api/v1/openapi.json");

    assertThat(description.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(operations(description.body())).isEqualTo(routes);
  }

  /** Methods and addresses below `paths`, two levels deep. */
  private static TreeSet<String> operations(String description) throws IOException {
    var operations = new TreeSet<String>();
    try (var parser = new JsonFactory().createParser(description)) {
      while (!"paths".equals(parser.currentName())) {
        parser.nextToken();
      }
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var path = parser.currentName();
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          operations.add(parser.currentName().toUpperCase(Locale.ROOT) + " " + path);
          parser.nextToken();
          parser.skipChildren();
        }
      }
    }
    return operations;
  }
}
