package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a step takes from a notebook.
 *
 * @param template its one container is named {@value #CONTAINER} and has no command yet
 * @param left what was not carried, and why
 * @param notes what a person should know before the run starts, one sentence each
 * @param shared directories that hold the same in the step as in the notebook
 */
public record Captured(
    PodTemplateSpec template, List<LeftBehind> left, List<String> notes, List<String> shared) {
  public static final String CONTAINER = "step";

  public Captured {
    left = List.copyOf(left);
    notes = List.copyOf(notes);
    shared = List.copyOf(shared);
  }

  /**
   * Whether a step finds in that directory what the notebook has there: what is mounted nearest
   * above it decides.
   */
  public boolean shares(String directory) {
    var path = Path.of(directory);
    int nearest = depth(shared.stream(), path);
    var mounts = template.getSpec().getContainers().getFirst().getVolumeMounts().stream();
    return nearest >= 0 && nearest >= depth(mounts.map(VolumeMount::getMountPath), path);
  }

  /** How deep the deepest of those lies that a path is in, or -1. */
  private static int depth(Stream<String> directories, Path path) {
    return directories
        .map(Path::of)
        .filter(path::startsWith)
        .mapToInt(Path::getNameCount)
        .max()
        .orElse(-1);
  }
}
