package ferry.kubernetes;

import ferry.engine.AttemptSpec;
import ferry.kubernetes.StepScript.CodeSource;
import ferry.workflow.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Pod of one attempt: what all steps of the run have, and what is this attempt's own. */
public final class StepPod {
  /** Where the command runs if nothing else says. */
  public static final String WORK = "/ferry/work";

  /** The file whose content the cluster keeps when the container has ended. */
  static final String OUTPUT = "/dev/termination-log";

  private static final long GRACE_SECONDS = 10;
  private static final String FILES = "ferry-files";
  private static final String CODE = "ferry-code";
  private static final String GPU = "nvidia.com/gpu";

  private final PodSetting setting;
  private final RunFilesInCluster files;
  private final AttemptSpec attempt;

  private StepPod(PodSetting setting, RunFilesInCluster files, AttemptSpec attempt) {
    this.setting = setting;
    this.files = files;
    this.attempt = attempt;
  }

  /**
   * The template of an attempt's Pod.
   *
   * @param labels put on the Pod beside nothing else
   */
  public static PodTemplateSpec of(
      PodSetting setting,
      RunFilesInCluster files,
      AttemptSpec attempt,
      Map<String, String> labels) {
    return new StepPod(setting, files, attempt).template(labels);
  }

  private PodTemplateSpec template(Map<String, String> labels) {
    var all = new LinkedHashMap<>(setting.labels());
    all.remove(KueueQueues.LABEL); // the Job names its queue, or Argo's template
    all.putAll(labels);
    var annotations = new LinkedHashMap<>(setting.annotations());
    annotations.putAll(Labels.annotations(attempt.id()));
    files.checkpoints().ifPresent(shared -> all.put(Labels.EXPERIMENT, shared.label()));
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(all)
        .withAnnotations(annotations)
        .endMetadata()
        .withSpec(spec(labels))
        .build();
  }

  private PodSpec spec(Map<String, String> labels) {
    var pod = new PodSpecBuilder(setting.pod());
    pod.withRestartPolicy("Never");
    pod.withTerminationGracePeriodSeconds(GRACE_SECONDS);
    if (setting.pod().getAutomountServiceAccountToken() == null
        && setting.pod().getServiceAccountName() == null) {
      pod.withAutomountServiceAccountToken(false);
    }
    attempt
        .resources()
        .gpuKind()
        .filter(kind -> kind.indexOf('/') < 0)
        .ifPresent(kind -> pod.addToNodeSelector("nvidia.com/gpu.product", kind));
    if (setting.runsOwnProgram()) {
      attempt.timeout().ifPresent(most -> pod.withActiveDeadlineSeconds(most.toSeconds()));
    }
    addCode(pod);
    addFiles(pod, labels);
    files.checkpoints().ifPresent(shared -> addCheckpoints(pod, shared));
    files
        .group()
        .filter(_ -> setting.isUserUnknown())
        .ifPresent(group -> pod.editOrNewSecurityContext().withFsGroup(group).endSecurityContext());
    return pod.withContainers(container(pod)).build();
  }

  private void addCode(PodSpecBuilder pod) {
    if (files.code().isEmpty()) {
      return;
    }
    var volume = pod.addNewVolume().withName(CODE).withNewProjected();
    for (var part : files.code()) {
      volume.addNewSource().withNewConfigMap().withName(part).endConfigMap().endSource();
    }
    volume.endProjected().endVolume();
  }

  private void addFiles(PodSpecBuilder pod, Map<String, String> labels) {
    if (setting.inPlace()) {
      return;
    }
    letUserWrite(pod);
    var claim = files.claim();
    if (claim.isEmpty()) {
      pod.addNewVolume().withName(FILES).withNewEmptyDir().endEmptyDir().endVolume();
      return;
    }
    pod.addNewVolume().withName(FILES).withNewPersistentVolumeClaim(claim.get(), false).endVolume();
    if (files.isOfOneNode()) {
      keepTogether(pod, Labels.RUN, labels.getOrDefault(Labels.RUN, ""));
    }
  }

  /** A new volume is root's alone, unless the Pod names the group that may write to it. */
  private void letUserWrite(PodSpecBuilder pod) {
    var ofPod = Optional.ofNullable(setting.pod().getSecurityContext());
    var ofStep = Optional.ofNullable(setting.container().getSecurityContext());
    var user =
        ofStep.map(SecurityContext::getRunAsUser).or(() -> ofPod.map(it -> it.getRunAsUser()));
    var group =
        ofStep.map(SecurityContext::getRunAsGroup).or(() -> ofPod.map(it -> it.getRunAsGroup()));
    boolean isNamed = ofPod.map(it -> it.getFsGroup()).isPresent();
    if (!isNamed && user.filter(id -> id != 0).isPresent()) {
      pod.editOrNewSecurityContext().withFsGroup(group.or(() -> user).get()).endSecurityContext();
    }
  }

  private static void addCheckpoints(PodSpecBuilder pod, CheckpointClaim shared) {
    pod.addNewVolume()
        .withName(CheckpointClaim.VOLUME)
        .withNewPersistentVolumeClaim(shared.name(), false)
        .endVolume();
    if (shared.isOfOneNode()) {
      keepTogether(pod, Labels.EXPERIMENT, shared.label());
    }
  }

  /** On the node of all others that have this label. */
  private static void keepTogether(PodSpecBuilder pod, String label, String value) {
    pod.editOrNewAffinity()
        .editOrNewPodAffinity()
        .addNewRequiredDuringSchedulingIgnoredDuringExecution()
        .withNewLabelSelector()
        .addToMatchLabels(label, value)
        .endLabelSelector()
        .withTopologyKey("kubernetes.io/hostname")
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endPodAffinity()
        .endAffinity();
  }

  private Container container(PodSpecBuilder pod) {
    var container = new ContainerBuilder(setting.container());
    var directory = setting.directory().orElse(WORK);
    if (!directory.isEmpty()) {
      container.withWorkingDir(directory);
    }
    container.withEnv(environment(directory));
    if (!setting.runsOwnProgram()) {
      OutputGuard.mountBeside(pod, container);
      var guard = OutputGuard.of(container.build(), pod.buildVolumes());
      var script = new StepScript(attempt, source(), guard);
      container.withCommand(script.words(setting.isWritten())).withArgs(List.of());
      // The script's own word is there, and nothing of a log.
      container.withTerminationMessagePath(null).withTerminationMessagePolicy(null);
    }
    container.withResources(resources(setting.container().getResources()));
    if (!setting.inPlace()) {
      container.addNewVolumeMount().withName(FILES).withMountPath(directory).endVolumeMount();
    }
    if (files.checkpoints().isPresent()) {
      container
          .addNewVolumeMount()
          .withName(CheckpointClaim.VOLUME)
          .withMountPath(CheckpointClaim.DIRECTORY)
          .endVolumeMount();
    }
    if (!files.code().isEmpty()) {
      container
          .addNewVolumeMount()
          .withName(CODE)
          .withMountPath(StepScript.CODE)
          .withReadOnly(true)
          .endVolumeMount();
    }
    return container.build();
  }

  private CodeSource source() {
    return source(files);
  }

  /** How the code comes to a step. */
  public static CodeSource source(RunFilesInCluster files) {
    if (files.isFetched()) {
      return files.claim().isPresent() ? CodeSource.FETCHED_ONCE : CodeSource.FETCHED;
    }
    if (files.code().isEmpty()) {
      return files.isThere() ? CodeSource.UNPACKED_BEFORE : CodeSource.IN_PLACE;
    }
    return files.claim().isPresent() ? CodeSource.UNPACKED_ONCE : CodeSource.UNPACKED;
  }

  /** Later ones take the place of earlier ones, which keep their order. */
  private List<EnvVar> environment(String directory) {
    var all = new LinkedHashMap<String, EnvVar>();
    put(all, "PYTHONUNBUFFERED", "1");
    setting.container().getEnv().forEach(one -> all.put(one.getName(), one));
    attempt.variables().forEach((name, value) -> put(all, name, value));
    attempt
        .secrets()
        .forEach((name, secret) -> {
          boolean given = files.given().contains(name);
          all.put(
              name,
              new EnvVarBuilder()
                  .withName(name)
                  .withNewValueFrom()
                  .withNewSecretKeyRef(
                      given ? name : secret.key(), given ? files.secret() : secret.secret(), false)
                  .endValueFrom()
                  .build());
        });
    put(all, "FERRY_ATTEMPT", attempt.id().toString());
    if (!setting.runsOwnProgram()) {
      put(all, "FERRY_OUTPUT", OUTPUT);
    }
    put(all, "FERRY_CHECKPOINT_DIR", checkpoints(directory));
    return List.copyOf(all.values());
  }

  private String checkpoints(String directory) {
    var own = directory.isEmpty() ? PodView.text(setting.container().getWorkingDir()) : directory;
    var all =
        files.checkpoints().isPresent()
            ? CheckpointClaim.DIRECTORY
            : (own.startsWith("/") ? own : "") + "/.ferry/checkpoints";
    return all + "/" + attempt.id().run() + "/" + ObjectNames.label(attempt.id().stepRun());
  }

  private static void put(Map<String, EnvVar> all, String name, String value) {
    all.put(name, new EnvVar(name, StepScript.literal(value), null));
  }

  /** What the step asks for takes the place of what every step has. */
  private ResourceRequirements resources(ResourceRequirements usual) {
    var builder = new ResourceRequirementsBuilder();
    var limits = new HashMap<String, Quantity>();
    var requests = new HashMap<String, Quantity>();
    if (usual != null) {
      Optional.ofNullable(usual.getLimits()).ifPresent(limits::putAll);
      Optional.ofNullable(usual.getRequests()).ifPresent(requests::putAll);
      builder.withClaims(usual.getClaims());
    }
    var asked = attempt.resources();
    asked
        .cpuMillis()
        .ifPresent(millis -> {
          requests.put("cpu", new Quantity(millis + "m"));
          limits.remove("cpu");
        });
    asked
        .memoryBytes()
        .ifPresent(bytes -> {
          requests.put("memory", new Quantity(Long.toString(bytes)));
          limits.put("memory", new Quantity(Long.toString(bytes)));
        });
    if (asked.gpus() > 0) {
      limits.put(gpu(asked), new Quantity(Integer.toString(asked.gpus())));
      requests.remove(gpu(asked));
    }
    builder.withLimits(new TreeMap<>(limits));
    return builder.withRequests(new TreeMap<>(requests)).build();
  }

  private static String gpu(Resources asked) {
    return asked.gpuKind().filter(kind -> kind.indexOf('/') > 0).orElse(GPU);
  }
}
