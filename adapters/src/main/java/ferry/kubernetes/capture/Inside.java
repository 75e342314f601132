package ferry.kubernetes.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a process can see of the container it runs in, without asking the cluster.
 *
 * @param namespace of its service account; empty where no token is mounted
 * @param host the host name, which is the Pod's name unless somebody chose another
 * @param pod the Pod's UID, where the mounts tell it
 * @param container the container's name, where the mounts tell it
 * @param self who this process is
 * @param first who the container's first process is
 * @param firstNames the names of variables that the first process was given; empty where they are
 *     not to be read
 */
public record Inside(
    Optional<String> namespace,
    String host,
    Optional<String> pod,
    Optional<String> container,
    Optional<Identity> self,
    Optional<Identity> first,
    Set<String> firstNames) {

  /** The kubelet mounts files of its own directory for a container, so its path tells both. */
  private static final Pattern OWN_FILES =
      Pattern.compile("/pods/([0-9a-f-]{36})/containers/([a-z0-9-]+)/");

  private static final Pattern HOSTS = Pattern.compile("/pods/([0-9a-f-]{36})/etc-hosts");

  static final String TOKEN_DIRECTORY = "/var/run/secrets/kubernetes.io/serviceaccount";

  public Inside {
    firstNames = Set.copyOf(firstNames);
  }

  /** Whether this process runs in a Pod, by what every Pod is given. */
  public static boolean aPod(java.util.Map<String, String> environment) {
    return environment.containsKey("KUBERNETES_SERVICE_HOST")
        && Files.exists(Path.of("/proc/self/mountinfo"));
  }

  public static Inside here() {
    return read(Path.of("/"));
  }

  /** Reads what lies below a root; what is not there or not to be read stays unknown. */
  static Inside read(Path root) {
    var mounts = String.join("\n", lines(root, "proc/self/mountinfo"));
    var own = OWN_FILES.matcher(mounts);
    var hosts = HOSTS.matcher(mounts);
    boolean found = own.find();
    return new Inside(
        first(lines(root, TOKEN_DIRECTORY.substring(1) + "/namespace")),
        first(lines(root, "proc/sys/kernel/hostname")).orElse(""),
        found
            ? Optional.of(own.group(1))
            : hosts.find() ? Optional.of(hosts.group(1)) : Optional.empty(),
        found ? Optional.of(own.group(2)) : Optional.empty(),
        identity(root, "proc/self/status"),
        identity(root, "proc/1/status"),
        names(root));
  }

  /** Whether the notebook became another user after its container had started. */
  boolean changedUser() {
    return self.isPresent()
        && first.isPresent()
        && (self.get().user() != first.get().user() || self.get().group() != first.get().group());
  }

  private static Optional<Identity> identity(Path root, String file) {
    var status = lines(root, file);
    return status.isEmpty() ? Optional.empty() : Optional.of(Identity.ofStatus(status));
  }

  private static Set<String> names(Path root) {
    try {
      var text = Files.readString(root.resolve("proc/1/environ"), StandardCharsets.ISO_8859_1);
      var names = new TreeSet<String>();
      Arrays.stream(text.split("\0"))
          .filter(entry -> entry.contains("="))
          .forEach(entry -> names.add(entry.substring(0, entry.indexOf('='))));
      return names;
    } catch (IOException _) {
      return Set.of();
    }
  }

  private static Optional<String> first(List<String> lines) {
    return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).findFirst();
  }

  private static List<String> lines(Path root, String file) {
    try {
      return Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
