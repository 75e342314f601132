package ferry.kubernetes;

import ferry.backend.PodKeys;
import ferry.error.RequestError;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What another program's configuration says of every step's Pod. Variables, volumes and mounts are
 * added to what the Pod has, in place of those of the same name; everything else takes the place of
 * what it has.
 *
 * @param pod with one container; what is not said is not in it
 * @param file the configuration, as a person knows it
 */
record PodOverlay(PodSpec pod, String file) {
  /**
   * The one of a run that was not fixed yet.
   *
   * @throws ferry.error.UserException where it is none that a cluster could take
   */
  static Optional<PodOverlay> in(Map<String, String> setting) {
    return Optional.ofNullable(setting.get(PodKeys.OVERLAY))
        .map(json -> read(json, setting.getOrDefault(PodKeys.OVERLAY_FILE, "")));
  }

  /** Takes it out of the setting of a run whose Pod is fixed. */
  static void remove(Map<String, String> setting) {
    setting.remove(PodKeys.OVERLAY);
    setting.remove(PodKeys.OVERLAY_FILE);
  }

  private static PodOverlay read(String json, String file) {
    try {
      return new PodOverlay(ClusterJson.JSON.unmarshal(json, PodSpec.class), file);
    } catch (RuntimeException malformed) { // of whatever library reads it
      var why = Malformed.why(malformed).orElse("it cannot be read");
      throw new RequestError.BadRequest(
              "`" + file + "` says of the steps' Pods what no cluster could take: " + why,
              List.of("`kubectl explain pod.spec` says what stands where"))
          .thrown();
    }
  }

  private Container container() {
    return pod.getContainers().getFirst();
  }

  Optional<String> image() {
    return Optional.ofNullable(container().getImage());
  }

  /** The Pod with all that is said here. */
  PodSetting over(PodSetting captured) {
    var base = isHidden(captured) ? captured.inOwnCopy() : captured;
    var changed = new PodSpecBuilder(base.pod()).withContainers(container(base.container()));
    if (!pod.getImagePullSecrets().isEmpty()) {
      changed.withImagePullSecrets(pod.getImagePullSecrets());
    }
    if (pod.getNodeSelector() != null && !pod.getNodeSelector().isEmpty()) {
      changed.withNodeSelector(pod.getNodeSelector());
    }
    if (pod.getServiceAccountName() != null) {
      changed.withServiceAccountName(pod.getServiceAccountName()).withServiceAccount(null);
    }
    if (!pod.getTolerations().isEmpty()) {
      changed.withTolerations(pod.getTolerations());
    }
    if (pod.getPriorityClassName() != null) {
      changed.withPriorityClassName(pod.getPriorityClassName()).withPriority(null);
    }
    changed.withVolumes(joined(base.pod().getVolumes(), pod.getVolumes(), Volume::getName));
    var notes = new ArrayList<>(base.notes());
    notes.add("What `" + file + "` says of the steps' Pods is taken over.");
    return new PodSetting(
        changed.build(),
        base.labels(),
        base.annotations(),
        base.directory(),
        base.inPlace(),
        notes,
        base.left());
  }

  /** Whether other volumes lie where the code lies, so that steps would not find it in place. */
  private boolean isHidden(PodSetting captured) {
    var directory = captured.directory().orElse("") + "/";
    var other = pod.getVolumes().stream().map(Volume::getName).toList();
    return Stream.concat(
            container().getVolumeMounts().stream(),
            captured.container().getVolumeMounts().stream()
                .filter(mount -> other.contains(mount.getName())))
        .anyMatch(mount -> directory.startsWith(mount.getMountPath().replaceAll("/*$", "") + "/"));
  }

  private Container container(Container base) {
    var said = container();
    var changed = new ContainerBuilder(base);
    image().ifPresent(changed::withImage);
    Optional.ofNullable(said.getImagePullPolicy()).ifPresent(changed::withImagePullPolicy);
    Optional.ofNullable(said.getResources()).ifPresent(changed::withResources);
    Optional.ofNullable(said.getSecurityContext())
        .ifPresent(who -> {
          var context = changed.editOrNewSecurityContext();
          Optional.ofNullable(who.getRunAsUser()).ifPresent(context::withRunAsUser);
          Optional.ofNullable(who.getRunAsGroup()).ifPresent(context::withRunAsGroup);
          Optional.ofNullable(who.getCapabilities()).ifPresent(context::withCapabilities);
          context.endSecurityContext();
        });
    changed.withEnv(joined(base.getEnv(), said.getEnv(), EnvVar::getName));
    changed.withVolumeMounts(
        joined(base.getVolumeMounts(), said.getVolumeMounts(), VolumeMount::getMountPath));
    return changed.build();
  }

  /** Later ones take the place of earlier ones of the same name. */
  private static <T> List<T> joined(List<T> base, List<T> more, Function<T, String> name) {
    var all = new LinkedHashMap<String, T>();
    base.forEach(one -> all.put(name.apply(one), one));
    more.forEach(one -> all.put(name.apply(one), one));
    return List.copyOf(all.values());
  }
}
