package ferry.backends;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An API server that keeps what it is given and does nothing with it: there is no node. It is of
 * whatever version a test needs, and remembers what was asked.
 */
final class ImitatedCluster implements AutoCloseable {

  /** One request, and when it came. */
  record Asked(long nanos, String method, String path) {}

  final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private static final Logger CHATTER = Logger.getLogger(MockWebServer.class.getName());

  private final KubernetesMockServer server;
  private final KubernetesClient client;

  private ImitatedCluster(String minor) {
    CHATTER.setLevel(Level.WARNING);
    var answers = new HashMap<ServerRequest, Queue<ServerResponse>>();
    var keeping = new KubernetesMixedDispatcher(answers);
    var version = new VersionInfo.Builder().withMajor("1").withMinor(minor).build();
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), answers, new Remembering(keeping), false, version);
    server.init(InetAddress.getLoopbackAddress(), 0);
    client = server.createClient();
  }

  /** A cluster of Kubernetes 1.MINOR. */
  static ImitatedCluster ofVersion(String minor) {
    return new ImitatedCluster(minor);
  }

  private final class Remembering extends Dispatcher {
    private final Dispatcher keeping;

    Remembering(Dispatcher keeping) {
      this.keeping = keeping;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      asked.add(new Asked(System.nanoTime(), request.getMethod(), request.getPath()));
      return keeping.dispatch(isStrategic(request) ? looking(request) : request);
    }

    /** Lists of owners are merged by no imitation; who patches them is answered as if they were. */
    private static boolean isStrategic(RecordedRequest request) {
      var type = request.getHeader("Content-Type");
      return type != null && type.startsWith("application/strategic-merge-patch+json");
    }

    private static RecordedRequest looking(RecordedRequest request) {
      return new RecordedRequest(
          request.getHttpVersion(),
          HttpMethod.GET,
          request.getPath(),
          request.getHeaders(),
          request.getBody());
    }
  }

  /** A file that says how to get there. */
  String kubeconfig(Path directory) throws IOException {
    var file = directory.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: imitated
        clusters: [{name: imitated, cluster: {server: "http://127.0.0.1:%d"}}]
        contexts: [{name: imitated, context: {cluster: imitated, user: ada, namespace: research}}]
        users: [{name: ada, user: {}}]
        """
            .formatted(server.getPort()));
    return file.toString();
  }

  KubernetesClient client() {
    return client;
  }

  /** What there is of a kind in the namespace. */
  List<? extends HasMetadata> all(String version, String kind) {
    return client
        .genericKubernetesResources(version, kind)
        .inNamespace("research")
        .list()
        .getItems();
  }

  @Override
  public void close() {
    client.close();
    try {
      server.destroy();
    } catch (IllegalStateException late) {
      // The library waits for its watches on the thread that would end them, and longer than for
      // itself: what is left ends with them.
      CHATTER.log(Level.FINE, "the imitation was not closed in time", late);
    }
  }
}
