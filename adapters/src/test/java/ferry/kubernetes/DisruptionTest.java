package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Why a Pod went that nobody of us deleted. */
class DisruptionTest {
  private static Pod pod(String status) {
    return Serialization.unmarshal(
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "train"},
         "spec": {"nodeName": "node7", "containers": []}, "status": {%s}}
        """
            .formatted(status),
        Pod.class);
  }

  private static String target(String reason, String message) {
    return Disruption.of(
        pod(
            """
            "conditions": [{"type": "DisruptionTarget", "status": "True", "reason": "%s", "message": "%s"}]
            """
                .formatted(reason, message)));
  }

  @Test
  void aLostNodeIsNamed() {
    assertThat(target("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint"))
        .isEqualTo("its node `node7` is lost: it was tainted, so its Pods were deleted");
    assertThat(target("DeletionByPodGC", "PodGC: node no longer exists"))
        .isEqualTo("its node `node7` is lost: it is not in the cluster any more");
    assertThat(Disruption.of(pod("\"reason\": \"NodeLost\", \"phase\": \"Running\"")))
        .isEqualTo("its node `node7` is lost: nothing is heard of it any more");
  }

  @Test
  void anEvictionSaysByWhom() {
    assertThat(target("EvictionByEvictionAPI", "Eviction API: evicting"))
        .isEqualTo("was evicted from its node: somebody emptied it, for maintenance perhaps");
    assertThat(target("PreemptionByScheduler", "default-scheduler: preempting"))
        .isEqualTo("had to make room for something of higher priority");
    assertThat(target("TerminationByKubelet", "The node was low on resource: memory."))
        .isEqualTo("was ended by its node: The node was low on resource: memory.");
  }

  @Test
  void whereNothingTellsItIsJustDeleted() {
    assertThat(Disruption.of(pod("\"phase\": \"Running\"")))
        .isEqualTo("its Pod was deleted while it ran");
  }
}
