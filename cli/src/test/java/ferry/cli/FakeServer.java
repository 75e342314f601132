package ferry.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server that gives the answers it was told to give, in order, the last one again and again. */
final class FakeServer implements AutoCloseable {
  /** What to answer; a status of 0 breaks the connection instead. */
  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

  private FakeServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one and writes its {@code server.json} into a home, as of this very process. */
  static FakeServer in(Path home) {
    try {
      var server =
          new FakeServer(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      server.writeFile(home, "test");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeFile(Path home, String build) {
    var json =
        "{\"url\": \"http://127.0.0.1:%d\", \"pid\": %d, \"token\": \"secret\", \"build\": \"%s\", \"pidStart\": %d}"
            .formatted(
                server.getAddress().getPort(), ProcessHandle.current().pid(), build, ownStart());
    try {
      Files.writeString(home.resolve("server.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long ownStart() {
    try {
      var stat = Files.readString(Path.of("/proc/self/stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers such a request, {@code GET /runs?limit=20}, with a JSON body. */
  FakeServer answer(String request, int status, String body) {
    answers.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  FakeServer answer(String request, String body) {
    return answer(request, 200, body);
  }

  /** From now on such a request is answered with this alone. */
  FakeServer replace(String request, String body) {
    answers.remove(request);
    return answer(request, 200, body);
  }

  /** Goes away in the middle of such a request. */
  FakeServer breakOff(String request) {
    return answer(request, 0, "");
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  List<String> bodies() {
    return List.copyOf(bodies);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    var request = exchange.getRequestMethod() + " " + path.replaceFirst("^/api/v1", "");
    asked.add(request);
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var answer = next(request);
    if (!"Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer = new Answer(401, "");
    }
    if (answer.status() == 0) {
      exchange.close();
      return;
    }
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), answer.status() == 204 ? -1 : body.length);
    if (answer.status() != 204) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private synchronized Answer next(String request) {
    var left = answers.getOrDefault(request, new ArrayDeque<>());
    if (left.isEmpty()) {
      var body =
          "{\"error\": {\"code\": \"not-found\", \"message\": \"nothing at "
              + request
              + "\", \"exitCode\": 3}}";
      return new Answer(404, body);
    }
    return left.size() == 1 ? left.getFirst() : left.removeFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
