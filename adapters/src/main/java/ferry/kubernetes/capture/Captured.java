package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.file.Path;
import java.util.List;

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

  /** Whether a step finds in that directory what the notebook has there. */
  public boolean shares(String directory) {
    return shared.stream().map(Path::of).anyMatch(Path.of(directory)::startsWith);
  }
}
