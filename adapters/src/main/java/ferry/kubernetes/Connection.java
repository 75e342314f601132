package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.error.SystemError;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the way to a cluster: a kubeconfig, or the account of the Pod that the server is in. */
final class Connection {
  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final String NAMESPACE = "namespace";
  private static final int REQUEST_MILLIS = 15_000;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int RETRIES = 2;

  private Connection() {}

  /**
   * Where a run is to be.
   *
   * @param config what the user configured: {@code kubeconfig}, {@code context}, {@code namespace}
   * @throws ferry.error.UserException where there is no way to a cluster
   */
  static ClusterAddress find(Plan plan, Map<String, String> config) {
    var asked = plan.setting();
    var kubeconfig = kubeconfig(plan, config);
    var context =
        Optional.ofNullable(asked.get("context")).orElse(config.getOrDefault("context", ""));
    var found = read(kubeconfig, context);
    var namespace =
        Optional.ofNullable(asked.get(NAMESPACE))
            .or(() -> Optional.ofNullable(config.get(NAMESPACE)))
            .or(() ->
                kubeconfig.isEmpty() ? ownNamespace() : Optional.ofNullable(found.getNamespace()))
            .orElse("default");
    return new ClusterAddress(kubeconfig, context, namespace, found.getMasterUrl());
  }

  private static String kubeconfig(Plan plan, Map<String, String> config) {
    var place = plan.place();
    var named =
        Optional.ofNullable(config.get("kubeconfig"))
            .or(() -> place.variable("KUBECONFIG").map(list -> list.split(":")[0]))
            .filter(path -> !path.isEmpty());
    if (named.isPresent()) {
      return Path.of(place.directory()).resolve(named.get()).toString();
    }
    var usual = Path.of(place.variable("HOME").orElse("/"), ".kube", "config");
    if (Files.isRegularFile(usual)) {
      return usual.toString();
    }
    if (Files.isRegularFile(ACCOUNT.resolve("token"))) {
      return "";
    }
    throw new SystemError.Unavailable(
            "no cluster is known here: there is no " + usual + ", and this is no Pod of a cluster",
            List.of(
                "say where it is: `export KUBECONFIG=FILE`, or `ferry config kubeconfig FILE`",
                "or run it here with `--on local`"))
        .thrown();
  }

  private static Optional<String> ownNamespace() {
    try {
      return Optional.of(Files.readString(ACCOUNT.resolve(NAMESPACE)).strip());
    } catch (IOException unreadable) {
      return Optional.empty(); // then the default holds, as for every client
    }
  }

  /** What a client is made of. */
  static Config config(ClusterAddress address) {
    var config = read(address.kubeconfig(), address.context());
    config.setRequestTimeout(REQUEST_MILLIS);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestRetryBackoffLimit(RETRIES);
    config.setWatchReconnectLimit(-1);
    return config;
  }

  private static Config read(String kubeconfig, String context) {
    if (kubeconfig.isEmpty()) {
      return Config.autoConfigure(null);
    }
    var file = Path.of(kubeconfig);
    if (!Files.isReadable(file)) {
      throw wrong(kubeconfig, Files.exists(file) ? "it cannot be read" : "there is no such file");
    }
    try {
      var config = Config.fromKubeconfig(context.isEmpty() ? null : context, file.toFile());
      var found = config.getCurrentContext();
      if (!context.isEmpty() && (found == null || !context.equals(found.getName()))) {
        throw wrong(kubeconfig, "it has no context `" + context + "`");
      }
      if (config.getCurrentContext() == null) {
        throw wrong(kubeconfig, "it names no cluster that is in use: `current-context` is missing");
      }
      return config;
    } catch (KubernetesClientException | IllegalArgumentException malformed) {
      throw wrong(kubeconfig, "it is no kubeconfig: " + malformed.getMessage());
    }
  }

  private static RuntimeException wrong(String kubeconfig, String why) {
    return new SystemError.Unavailable(
            "the kubeconfig " + kubeconfig + " is of no use: " + why,
            List.of("`kubectl config view` shows it; `ferry config kubeconfig FILE` names another"))
        .thrown();
  }
}
