package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The container of a step: the notebook's, without what makes it a notebook. */
final class CapturedContainer {
  private final Container own;
  private final Pod pod;
  private final Inside inside;
  private final Ledger ledger;

  CapturedContainer(Container own, Pod pod, Inside inside, Ledger ledger) {
    this.own = own;
    this.pod = pod;
    this.inside = inside;
    this.ledger = ledger;
  }

  Container step(CapturedEnvironment environment, CapturedVolumes volumes) {
    leaveTheNotebook();
    return new ContainerBuilder()
        .withName(Captured.CONTAINER)
        .withImage(image())
        .withImagePullPolicy(own.getImagePullPolicy())
        .withWorkingDir(own.getWorkingDir())
        .withEnv(environment.variables())
        .withEnvFrom(own.getEnvFrom())
        .withVolumeMounts(volumes.mounts())
        .withResources(own.getResources())
        .withSecurityContext(security())
        .build();
  }

  /** By digest where the cluster knows one in the same repository; else as it was written. */
  private String image() {
    var written = own.getImage();
    return Stream.ofNullable(pod.getStatus())
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(status -> status.getName().equals(own.getName()))
        .map(ContainerStatus::getImageID)
        .filter(Objects::nonNull)
        .flatMap(id -> ImageName.pinned(written, id).stream())
        .findFirst()
        .orElse(written);
  }

  /** Some images start as root and go on as the user; a step starts as what the notebook became. */
  private @Nullable SecurityContext security() {
    boolean sharesProcesses = Boolean.TRUE.equals(pod.getSpec().getShareProcessNamespace());
    if (!inside.changedUser() || sharesProcesses) {
      return own.getSecurityContext();
    }
    var self = inside.self().orElseThrow();
    ledger.notes.add(
        "the notebook started as user "
            + inside.first().orElseThrow().user()
            + " and became user "
            + self.user()
            + "; steps are user "
            + self.user()
            + " from the start");
    return Optional.ofNullable(own.getSecurityContext())
        .map(SecurityContextBuilder::new)
        .orElseGet(SecurityContextBuilder::new)
        .withRunAsUser(self.user())
        .withRunAsGroup(self.group())
        .build();
  }

  private void leaveTheNotebook() {
    var why = "it is for the notebook's server";
    if (Stream.of(own.getLivenessProbe(), own.getReadinessProbe(), own.getStartupProbe())
        .anyMatch(Objects::nonNull)) {
      ledger.leave("the probes", "they ask whether the notebook's server answers");
    }
    if (own.getLifecycle() != null) {
      ledger.leave("the lifecycle hooks", "they are for the notebook's server");
    }
    if (!own.getPorts().isEmpty()) {
      ledger.leave(
          "the port "
              + String.join(
                  ", ", own.getPorts().stream().map(port -> "" + port.getContainerPort()).toList()),
          why);
    }
  }
}
