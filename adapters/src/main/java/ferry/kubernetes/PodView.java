package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a Pod says of the step in it. */
public sealed interface PodView {

  /**
   * It has not started.
   *
   * @param why one sentence; empty while all goes its usual way
   */
  record Waiting(String why) implements PodView {}

  record Running(Instant since) implements PodView {}

  /**
   * Its container has ended, or will never start.
   *
   * @param reason the cluster's word, such as {@code OOMKilled}; may be empty
   * @param message what the step put out, or the cluster says
   * @param ofPod whether the cluster ended the whole Pod, and reason and message are of the Pod
   */
  record Ended(OptionalInt exitCode, Instant at, String reason, String message, boolean ofPod)
      implements PodView {}

  static PodView of(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return new Waiting("");
    }
    var step = step(status.getContainerStatuses());
    var terminated = step.map(ContainerStatus::getState).map(state -> state.getTerminated());
    if (terminated.isPresent()) {
      return ended(pod, terminated.get());
    }
    if ("Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase())) {
      return new Ended(
          OptionalInt.empty(),
          Instant.EPOCH,
          text(status.getReason()),
          text(status.getMessage()),
          true);
    }
    var running = step.map(ContainerStatus::getState).map(state -> state.getRunning());
    return running.isPresent()
        ? new Running(time(running.get().getStartedAt()))
        : new Waiting(WaitWords.of(pod));
  }

  private static PodView ended(Pod pod, ContainerStateTerminated terminated) {
    boolean evicted = !text(pod.getStatus().getReason()).isEmpty();
    return new Ended(
        OptionalInt.of(terminated.getExitCode()),
        time(terminated.getFinishedAt()),
        evicted ? pod.getStatus().getReason() : text(terminated.getReason()),
        evicted ? text(pod.getStatus().getMessage()) : text(terminated.getMessage()),
        evicted);
  }

  /** Whether two things that were seen are of one Pod, whatever its name. */
  static boolean isSame(Pod one, Pod other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  /** Whether it is to go. */
  static boolean isDeleted(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Whether it should be gone since then: its node cannot be asked any more. */
  static boolean isDeletedBefore(Pod pod, Instant then) {
    return isDeleted(pod) && time(pod.getMetadata().getDeletionTimestamp()).isBefore(then);
  }

  /** Whether a Pod stands for its step in place of another that was made for it too. */
  static boolean isInPlaceOf(Pod pod, Pod other) {
    return isDeleted(other)
        || other
                .getMetadata()
                .getCreationTimestamp()
                .compareTo(pod.getMetadata().getCreationTimestamp())
            < 0;
  }

  static boolean isOfOneSecond(Pod pod, Pod other) {
    return pod.getMetadata()
        .getCreationTimestamp()
        .equals(other.getMetadata().getCreationTimestamp());
  }

  static Optional<ContainerStatus> step(@Nullable List<ContainerStatus> all) {
    return all == null
        ? Optional.empty()
        : all.stream().filter(one -> PodSetting.isStep(one.getName())).findFirst();
  }

  static boolean isReady(Pod pod) {
    var status = pod.getStatus();
    return status != null
        && status.getConditions() != null
        && status.getConditions().stream()
            .anyMatch(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus()));
  }

  /** The cluster's times are whole seconds. */
  static Instant time(@Nullable String text) {
    return text == null || text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
