package ferry.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * An API server that answers what it was told to by path, and that nothing is there, or may be
 * seen, elsewhere. Whoever watches hears nothing. Kinds of objects that the real test cluster lacks
 * are tried on it.
 */
public final class FakeApi implements AutoCloseable {
  private HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> forbidden = new CopyOnWriteArrayList<>();
  private final Map<String, String> followed = new ConcurrentHashMap<>();
  private final CountDownLatch written = new CountDownLatch(1);
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What was changed: method, path and, behind a space, the body. */
  final List<String> changes = new CopyOnWriteArrayList<>();

  public final KubernetesClient client;

  public FakeApi() throws IOException {
    server = listen(0);
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withNamespace("lab")
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  private HttpServer listen(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var listening = HttpServer.create(address, 0);
    listening.createContext("/", this::answer);
    listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    listening.start();
    return listening;
  }

  /** Nobody answers any more. */
  void goAway() {
    server.stop(0);
  }

  /** It answers again. */
  void comeBack() throws IOException {
    server = listen(server.getAddress().getPort());
  }

  /** The cluster behind it, by a kubeconfig in that directory. */
  public Cluster cluster(Path directory) throws IOException {
    var server = client.getMasterUrl().toString();
    var kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: fake
            clusters: [{name: fake, cluster: {server: "%s"}}]
            contexts: [{name: fake, context: {cluster: fake, user: ada, namespace: lab}}]
            users: [{name: ada, user: {}}]
            """
                .formatted(server));
    return new Cluster(new ClusterAddress(kubeconfig.toString(), "fake", "lab", server));
  }

  /** Answers that path with a text from now on; of a list, {@code PATH?continue=WORD} goes on. */
  public void put(String path, String json) {
    answers.put(path, json);
  }

  /** The paths that were asked for. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Whoever follows the log at that path gets this text, once it is written. */
  void putFollowed(String path, String text) {
    followed.put(path, text);
  }

  /** What is followed gets its text now. */
  void write() {
    written.countDown();
  }

  public void forbid(String path) {
    forbidden.add(path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    asked.add(path);
    if (!exchange.getRequestMethod().equals("GET")) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      changes.add(exchange.getRequestMethod() + " " + path + " " + body);
    }
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("follow=true")) {
      answerSlowly(exchange, followed.getOrDefault(path, ""));
      return;
    }
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
      return; // and not a word more
    }
    boolean isForbidden = forbidden.contains(path);
    var wanted = exchange.getRequestMethod().equals("GET") ? path + rest(exchange) : path;
    boolean isThere = answers.containsKey(wanted);
    int code = isForbidden ? 403 : isThere ? 200 : 404;
    var refusal =
        "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"code\": "
            + code
            + (isForbidden ? ", \"message\": \"" + denied(path) + "\"" : "")
            + "}";
    var body =
        (code == 200 ? answers.getOrDefault(wanted, "") : refusal).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** As a cluster says it of a list. */
  private static String denied(String path) {
    var kind = path.substring(path.lastIndexOf('/') + 1);
    return "%s is forbidden: User 'ada' cannot list resource '%s' in API group '' in the namespace 'lab'"
        .formatted(kind, kind)
        .replace("'", "\\\"");
  }

  /** What names the part of a list that is asked for. */
  private static String rest(HttpExchange exchange) {
    return Stream.of(String.valueOf(exchange.getRequestURI().getQuery()).split("&"))
        .filter(part -> part.startsWith("continue="))
        .findFirst()
        .map(part -> "?" + part)
        .orElse("");
  }

  private void answerSlowly(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    try {
      written.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the test is over
    }
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
  }
}
