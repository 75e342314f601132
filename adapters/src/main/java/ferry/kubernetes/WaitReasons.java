package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Why something waits, as other objects of its cluster tell: nodes and queues. */
public final class WaitReasons {
  private static final String KUEUES_GATE = "kueue.x-k8s.io/";

  private final NodeRooms rooms;
  private final KueueQueues queues;

  WaitReasons(KubernetesClient client, String namespace, InstantSource clock) {
    this.rooms = new NodeRooms(client, clock);
    this.queues = new KueueQueues(client, namespace, clock);
  }

  /**
   * Why a Pod waits.
   *
   * @param why what its own status says
   */
  public String of(Pod pod, String why) {
    return isQueued(pod) ? queued(pod).orElse(why) : rooms.words(pod, why);
  }

  /** Whether Kueue holds a Pod back; of its place in the queue nothing is told by the Pod. */
  public static boolean isQueued(Pod pod) {
    var gates = pod.getSpec().getSchedulingGates();
    return gates != null
        && gates.stream().anyMatch(gate -> PodView.text(gate.getName()).startsWith(KUEUES_GATE));
  }

  private Optional<String> queued(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .map(labels -> labels.get(KueueQueues.LABEL))
        .map(queue -> queues.words(object.getMetadata().getUid(), queue));
  }

  /** Why a Job waits that is suspended. */
  String of(Job job) {
    return queued(job)
        .orElseGet(() ->
            "somebody suspended its Job `%s`, or a controller of the cluster did"
                .formatted(job.getMetadata().getName()));
  }

  static boolean isSuspended(Job job) {
    return job.getSpec() != null
        && Boolean.TRUE.equals(job.getSpec().getSuspend())
        && conditions(job).isEmpty();
  }

  private static List<?> conditions(Job job) {
    return Optional.ofNullable(job.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getConditions()))
        .orElse(List.of())
        .stream()
        .filter(one -> "True".equals(one.getStatus()) && !"Suspended".equals(one.getType()))
        .toList();
  }
}
