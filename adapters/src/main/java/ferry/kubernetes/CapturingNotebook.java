package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.error.UserException;
import ferry.kubernetes.capture.Captured;
import ferry.kubernetes.capture.Inside;
import ferry.kubernetes.capture.Notebook;
import ferry.kubernetes.capture.NotebookFinder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Captures the Pod that the server itself runs in: on a notebook's server that is the notebook. The
 * Pod is asked for once, since what a running Pod has does not change.
 */
public final class CapturingNotebook implements Capturing {
  private static final String IMAGE = "image";

  private final Path copies;
  private final Map<String, String> environment;
  private @Nullable Notebook notebook;

  /**
   * @param home Ferry's home; copies of hand-installed packages are kept there
   * @param environment this process's
   */
  public CapturingNotebook(Path home, Map<String, String> environment) {
    this.copies = home.resolve("packages");
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Optional<PodSetting> capture(KubernetesClient client, String namespace, Plan plan) {
    if (!Inside.aPod(environment)) {
      return Optional.empty();
    }
    var inside = Inside.here();
    boolean elsewhere = inside.namespace().filter(own -> !own.equals(namespace)).isPresent();
    if (elsewhere) {
      return Optional.empty();
    }
    try {
      var typed = plan.place().environment();
      return Optional.of(setting(find(client, inside).captureWithPackages(typed, copies), plan));
    } catch (UserException unreadable) {
      if (plan.setting().containsKey(IMAGE)) {
        return Optional.empty();
      }
      throw unreadable;
    }
  }

  private synchronized Notebook find(KubernetesClient client, Inside inside) {
    var known = notebook;
    if (known == null) {
      known = new NotebookFinder(client, inside).find();
      notebook = known;
    }
    return known;
  }

  private static PodSetting setting(Captured captured, Plan plan) {
    var directory = plan.place().directory();
    boolean inPlace = captured.shares(directory);
    return new PodSetting(
        captured.template().getSpec(),
        Optional.ofNullable(captured.template().getMetadata().getLabels()).orElse(Map.of()),
        Optional.ofNullable(captured.template().getMetadata().getAnnotations()).orElse(Map.of()),
        inPlace || mayBeCovered(directory, captured, plan)
            ? Optional.of(directory)
            : Optional.empty(),
        inPlace,
        captured.notes(),
        captured.left().stream().map(Object::toString).toList());
  }

  /** Whether a step can have an empty directory there: nothing that it needs lies below. */
  private static boolean mayBeCovered(String directory, Captured captured, Plan plan) {
    var container = captured.template().getSpec().getContainers().getFirst();
    var mounts = container.getVolumeMounts().stream().map(mount -> mount.getMountPath());
    var programs =
        Stream.of("PATH", "HOME", "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH")
            .flatMap(name -> plan.place().variable(name).stream())
            .flatMap(value -> List.of(value.split(":")).stream());
    return Path.of(directory).getNameCount() > 1
        && Stream.concat(mounts, programs)
            .filter(path -> path.startsWith("/"))
            .noneMatch(path -> Path.of(path).startsWith(directory));
  }
}
