package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cli.assembly.RunningServer;
import ferry.cli.assembly.ServerWish;
import ferry.cli.assembly.Wiring;
import ferry.cli.client.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd requests of every kind that the OpenAPI description knows, to a whole server. */
class FuzzedApiTest {
  private static final int ROUNDS = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What ends the server, and what a stream of events says while nothing happens. */
  private static final Set<String> LEFT_OUT = Set.of("/api/v1/server/stop");

  private static final List<String> ODD =
      List.of(
          "",
          "latest",
          "0",
          "-1",
          "999999999999999999999",
          "1e400",
          "NaN",
          "../../server.json",
          "..%2f..%2fserver.json",
          "'; DROP TABLE runs; --",
          "metrics.loss > ",
          "metrics.loss > 1 and params.x = 'y'",
          "metrics.",
          "%",
          "\u0000",
          "\ud83d\ude80 \u202e",
          "a,b,,c",
          "true",
          "{\"a\": [1]}",
          "x".repeat(3000));

  @TempDir private Path home;
  private final HttpClient client = HttpClient.newHttpClient();
  private RunningServer server;
  private String url;
  private String token;

  @BeforeEach
  void open() throws IOException {
    server = Wiring.start(home, ServerWish.INSIDE);
    var file = Json.parse(Files.readAllBytes(home.resolve("server.json")));
    url = file.text("url");
    token = file.text("token");
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  private record Operation(String method, String path, Json description) {}

  private List<Operation> operations() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/openapi.json"));
    var text = client.send(signed(request).build(), BodyHandlers.ofByteArray()).body();
    var all = new ArrayList<Operation>();
    Json.parse(text)
        .get("paths")
        .entries()
        .forEach((path, methods) ->
            methods
                .entries()
                .forEach(
                    (method, description) -> all.add(new Operation(method, path, description))));
    return all.stream().filter(one -> !LEFT_OUT.contains(one.path)).toList();
  }

  private HttpRequest.Builder signed(HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + token).timeout(PATIENCE);
  }

  @Test
  void oddRequestsAreTheUsersErrorAndNeverTheServers() throws Exception {
    var operations = operations();
    assertThat(operations).hasSizeGreaterThan(40);
    for (var operation : operations) {
      for (int seed = 0; seed < ROUNDS; seed++) {
        var request = request(operation, new Random(seed));
        var answer = client.send(request, BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
          assertThat(answer.statusCode())
              .as("%s %s, seed %d: %s", request.method(), request.uri(), seed, head(body))
              .isLessThan(500);
        }
      }
    }
  }

  private static String head(java.io.InputStream body) throws IOException {
    return body.available() == 0 ? "" : new String(body.readNBytes(300), StandardCharsets.UTF_8);
  }

  private HttpRequest request(Operation operation, Random random) {
    var address = new StringBuilder(operation.path);
    var query = new StringBuilder();
    for (var parameter : operation.description.list("parameters")) {
      var value = encoded(odd(random));
      var name = parameter.text("name");
      int at = address.indexOf("{" + name + "}");
      if (at >= 0) {
        address.replace(at, at + name.length() + 2, value.isEmpty() ? "x" : value);
      } else if (random.nextInt(3) > 0) {
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(value);
      }
    }
    var body = operation.description.get("requestBody").isObject() ? body(random) : "";
    return signed(HttpRequest.newBuilder(URI.create(url + address + query)))
        .method(operation.method.toUpperCase(java.util.Locale.ROOT), publisher(body))
        .build();
  }

  private static HttpRequest.BodyPublisher publisher(String body) {
    return body.isEmpty()
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(body);
  }

  private static String odd(Random random) {
    return ODD.get(random.nextInt(ODD.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Bodies of known fields with odd values; nothing that is asked for is done. */
  private static String body(Random random) {
    var fields =
        List.of("kind", "text", "key", "version", "alias", "if", "run", "metrics", "search");
    var body = new StringBuilder("{\"dryRun\": true");
    for (var field : fields) {
      if (random.nextBoolean()) {
        body.append(", \"").append(field).append("\": ").append(value(random));
      }
    }
    return random.nextInt(8) == 0 ? odd(random) : body.append('}').toString();
  }

  private static String value(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "null";
      case 1 -> "[1, {\"a\": null}]";
      case 2 -> "{\"metric\": 7, \"space\": [\"lr\"], \"settings\": []}";
      case 3 -> "-1e309";
      case 4 -> "true";
      default ->
          '"' + odd(random).replace("\\", "").replace("\"", "").replace("\0", "\\u0000") + '"';
    };
  }
}
