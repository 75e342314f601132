package ferry.kubernetes;

import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.error.SystemError;
import ferry.error.UserException;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the way to a cluster: a kubeconfig, or the account of the Pod that the server is in. A
 * kubeconfig is read anew when its file has changed.
 */
public final class Connection {
  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final String NAMESPACE = "namespace";
  private static final int REQUEST_MILLIS = 15_000;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int RETRIES = 2;

  /** What a kubeconfig was when it was read. */
  private record Version(String file, String context, FileTime changed, long bytes) {}

  /** What is asked of it for each run. */
  private record Target(String server, Optional<String> namespace) {}

  private final Map<Version, Target> known = new ConcurrentHashMap<>();

  /**
   * Where a run is to be.
   *
   * @param config what the user configured: {@code kubeconfig}, {@code context}, {@code namespace}
   * @throws ferry.error.UserException where there is no way to a cluster
   */
  ClusterAddress find(Plan plan, Map<String, String> config) {
    return find(plan.place(), plan.setting(), config);
  }

  /**
   * Where a run that is typed at a place would be.
   *
   * @param asked what is asked of this one run; it goes before what is configured
   * @throws ferry.error.UserException where there is no way to a cluster
   */
  public ClusterAddress find(Place place, Map<String, String> asked, Map<String, String> config) {
    var kubeconfig = kubeconfig(place, config);
    var context =
        Optional.ofNullable(asked.get("context")).orElse(config.getOrDefault("context", ""));
    var found = target(kubeconfig, context);
    var namespace =
        Optional.ofNullable(asked.get(NAMESPACE))
            .or(() -> Optional.ofNullable(config.get(NAMESPACE)))
            .or(() -> kubeconfig.isEmpty() ? ownNamespace() : found.namespace())
            .orElse("default");
    return new ClusterAddress(kubeconfig, context, namespace, found.server());
  }

  private Target target(String kubeconfig, String context) {
    var file = Path.of(kubeconfig);
    try {
      var version =
          new Version(
              kubeconfig,
              context,
              kubeconfig.isEmpty() ? FileTime.fromMillis(0) : Files.getLastModifiedTime(file),
              kubeconfig.isEmpty() ? 0 : Files.size(file));
      var target = known.get(version);
      if (target == null) {
        var config = read(kubeconfig, context);
        target = new Target(config.getMasterUrl(), Optional.ofNullable(config.getNamespace()));
        known.keySet().removeIf(old -> old.file().equals(kubeconfig));
        known.put(version, target);
      }
      return target;
    } catch (IOException missing) {
      throw wrong(kubeconfig, "there is no such file");
    }
  }

  private static String kubeconfig(Place place, Map<String, String> config) {
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
  public static Config config(ClusterAddress address) {
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
    if (!Files.isRegularFile(file)) {
      throw wrong(kubeconfig, "it is no file");
    }
    if (file.toFile().length() == 0) {
      throw wrong(kubeconfig, "it is empty");
    }
    try {
      var config = Config.fromKubeconfig(context.isEmpty() ? null : context, file.toFile());
      var found = config.getCurrentContext();
      if (!context.isEmpty() && (found == null || !context.equals(found.getName()))) {
        throw wrong(kubeconfig, "it has no context `" + context + "`");
      }
      if (found == null) {
        throw wrong(kubeconfig, "it names no cluster that is in use: `current-context` is missing");
      }
      var path = System.getenv().getOrDefault("PATH", "");
      LoginProgram.missing(file, found.getName(), path)
          .ifPresent(why -> {
            throw wrong(kubeconfig, why);
          });
      return config;
    } catch (IOException unreadable) {
      throw wrong(kubeconfig, "it cannot be read");
    } catch (UserException known) {
      throw known;
    } catch (RuntimeException malformed) { // of whatever library reads it
      var why = Malformed.why(malformed).orElse("it is empty, or names no cluster");
      throw wrong(kubeconfig, "it is no kubeconfig: " + why);
    }
  }

  private static RuntimeException wrong(String kubeconfig, String why) {
    return new SystemError.Unavailable(
            "the kubeconfig " + kubeconfig + " is of no use: " + why,
            List.of("`kubectl config view` shows it; `ferry config kubeconfig FILE` names another"))
        .thrown();
  }
}
