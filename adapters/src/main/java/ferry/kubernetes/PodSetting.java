package ferry.kubernetes;

import ferry.error.RequestError;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Pod of every step of a run has before the step's own part is put in: captured from the
 * Pod in which the command was typed, or no more than an image.
 *
 * @param pod with exactly one container, named {@value #STEP}: its image, variables, mounts, limits
 *     and security context, and no command, and arguments only where it runs its image's own
 *     program; beside it volumes, pull secrets, tolerations and whatever else a Pod has
 * @param labels of the Pod, that change what it is given
 * @param annotations of the Pod
 * @param directory where commands run; absolute, or an empty text for wherever the container or its
 *     image says. Where there is none a place is made for them
 * @param inPlace whether the code lies in that directory already, on a volume of this Pod that all
 *     steps share; if not, it is brought there
 * @param notes what a person should know about it, one sentence each
 * @param left what of the captured Pod no step gets, each with the reason
 */
public record PodSetting(
    PodSpec pod,
    Map<String, String> labels,
    Map<String, String> annotations,
    Optional<String> directory,
    boolean inPlace,
    List<String> notes,
    List<String> left) {

  /** The name of the container that runs the command. */
  public static final String STEP = "step";

  /** What that container must be called in Pods that Argo makes. */
  public static final String MAIN = "main";

  public PodSetting {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    notes = List.copyOf(notes);
    left = List.copyOf(left);
    if (pod.getContainers().size() != 1 || !STEP.equals(pod.getContainers().getFirst().getName())) {
      throw new IllegalArgumentException("a step's Pod has one container, named " + STEP);
    }
    if (inPlace && directory.isEmpty()) {
      throw new IllegalArgumentException("code in place lies in a directory");
    }
  }

  /** A Pod without labels of its own. */
  public PodSetting(
      PodSpec pod,
      Map<String, String> annotations,
      Optional<String> directory,
      boolean inPlace,
      List<String> notes,
      List<String> left) {
    this(pod, Map.of(), annotations, directory, inPlace, notes, left);
  }

  /** A Pod of which nothing was left behind. */
  public PodSetting(
      PodSpec pod,
      Map<String, String> annotations,
      Optional<String> directory,
      boolean inPlace,
      List<String> notes) {
    this(pod, Map.of(), annotations, directory, inPlace, notes, List.of());
  }

  /** A Pod of which nothing is known but its image. */
  public static PodSetting ofImage(String image) {
    var container = new ContainerBuilder().withName(STEP).withImage(image).build();
    var pod = new PodSpecBuilder().withContainers(container).build();
    return new PodSetting(pod, Map.of(), Optional.empty(), false, List.of());
  }

  /** Whether a container of that name runs the command. */
  static boolean isStep(String container) {
    return STEP.equals(container) || MAIN.equals(container);
  }

  /**
   * The Pod of a Job that somebody wrote, without its command. Arguments of a program that only the
   * image knows are no command.
   *
   * @param template as JSON
   */
  static PodSetting ofTemplate(String template) {
    var written = template(template);
    var own = written.getSpec().getContainers().getFirst();
    var container =
        new ContainerBuilder(own)
            .withName(STEP)
            .withCommand(List.of())
            .withArgs(own.getCommand().isEmpty() ? own.getArgs() : List.of())
            .build();
    var pod = new PodSpecBuilder(written.getSpec()).withContainers(container).build();
    var metadata = Optional.ofNullable(written.getMetadata());
    return new PodSetting(
        pod,
        metadata.map(ObjectMeta::getLabels).orElse(Map.of()),
        metadata.map(ObjectMeta::getAnnotations).orElse(Map.of()),
        Optional.of(""),
        true,
        List.of("The Job runs as it is written, without the code of this directory."),
        List.of());
  }

  private static PodTemplateSpec template(String json) {
    try {
      return ClusterJson.JSON.unmarshal(json, PodTemplateSpec.class);
    } catch (RuntimeException malformed) { // of whatever library reads it
      var why = Malformed.why(malformed).orElse("it cannot be read");
      throw new RequestError.BadRequest(
              "the template of the Job is none that a cluster could take: " + why,
              List.of("`kubectl create --dry-run=client -f FILE` says more"))
          .thrown();
    }
  }

  /** The same with another image. */
  public PodSetting withImage(String image) {
    var changed = new ContainerBuilder(container()).withImage(image).build();
    var other = new PodSpecBuilder(pod).withContainers(changed).build();
    return new PodSetting(other, labels, annotations, directory, inPlace, notes, left);
  }

  /** The same where each Pod works in a copy of its own; a Job runs as somebody wrote it. */
  PodSetting inOwnCopy() {
    return isWritten()
        ? this
        : new PodSetting(pod, labels, annotations, Optional.empty(), false, notes, left);
  }

  /** Whether a Job runs as somebody wrote it, without any code of ours. */
  public boolean isWritten() {
    return inPlace && directory.filter(String::isEmpty).isPresent();
  }

  /** Whether the program is its image's own, so that nothing can be done before or after it. */
  public boolean runsOwnProgram() {
    return isWritten() && !container().getArgs().isEmpty();
  }

  /**
   * Whether only the image says as whom the command runs, and nobody which group may write to new
   * volumes.
   */
  boolean isUserUnknown() {
    var ofPod = Optional.ofNullable(pod.getSecurityContext());
    var ofStep = Optional.ofNullable(container().getSecurityContext());
    return ofPod.map(PodSecurityContext::getFsGroup).isEmpty()
        && ofPod.map(PodSecurityContext::getRunAsUser).isEmpty()
        && ofStep.map(SecurityContext::getRunAsUser).isEmpty();
  }

  /** The container that runs the command. */
  public Container container() {
    return pod.getContainers().getFirst();
  }

  /** As text, for keeping. */
  public String json() {
    return ClusterJson.JSON.asJson(
        new Kept(pod, labels, annotations, directory.orElse(null), inPlace, notes, left));
  }

  /** What {@link #json} gave. */
  public static PodSetting read(String json) {
    var kept = ClusterJson.JSON.unmarshal(json, Kept.class);
    return new PodSetting(
        kept.pod,
        Optional.ofNullable(kept.labels).orElse(Map.of()),
        kept.annotations,
        Optional.ofNullable(kept.directory),
        kept.inPlace,
        kept.notes,
        kept.left);
  }

  /** Those that were kept before there were labels have none. */
  private record Kept(
      PodSpec pod,
      @Nullable Map<String, String> labels,
      Map<String, String> annotations,
      @Nullable String directory,
      boolean inPlace,
      List<String> notes,
      List<String> left) {}
}
