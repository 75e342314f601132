package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a step is told that Kueue holds back, by objects as Kueue's own documentation shows them.
 */
class KueueQueuesTest {
  private static final String WORKLOADS = "/apis/kueue.x-k8s.io/v1beta2/namespaces/lab/workloads";
  private static final String PENDING =
      "/apis/visibility.kueue.x-k8s.io/v1beta2/namespaces/lab/localqueues/research/pendingworkloads";

  private final Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private FakeApi api;
  private WaitReasons reasons;

  @BeforeEach
  void begin() throws IOException {
    api = new FakeApi();
    reasons = new WaitReasons(api.client, "lab", () -> now);
    api.put("/apis/kueue.x-k8s.io", group("kueue.x-k8s.io"));
    api.put("/apis/visibility.kueue.x-k8s.io", group("visibility.kueue.x-k8s.io"));
  }

  @AfterEach
  void end() {
    api.close();
  }

  private static String group(String name) {
    return """
    {"kind": "APIGroup", "apiVersion": "v1", "name": "%1$s",
     "versions": [{"groupVersion": "%1$s/v1beta2", "version": "v1beta2"},
                  {"groupVersion": "%1$s/v1beta1", "version": "v1beta1"}],
     "preferredVersion": {"groupVersion": "%1$s/v1beta2", "version": "v1beta2"}}
    """
        .formatted(name);
  }

  private static String workloads(String conditions) {
    return """
    {"apiVersion": "kueue.x-k8s.io/v1beta2", "kind": "WorkloadList", "metadata": {}, "items": [
      {"apiVersion": "kueue.x-k8s.io/v1beta2", "kind": "Workload",
       "metadata": {"name": "job-train-19797", "labels": {"kueue.x-k8s.io/job-uid": "the-uid"}},
       "spec": {"queueName": "research"}, "status": {"conditions": [%s]}}]}
    """
        .formatted(conditions);
  }

  private static String condition(String type, String status, String reason, String message) {
    return "{\"type\": \"%s\", \"status\": \"%s\", \"reason\": \"%s\", \"message\": \"%s\"}"
        .formatted(type, status, reason, message);
  }

  private static Job job(String labels) {
    return Serialization.unmarshal(
        """
        {"apiVersion": "batch/v1", "kind": "Job",
         "metadata": {"name": "train", "uid": "the-uid", "labels": {%s}},
         "spec": {"suspend": true}, "status": {"conditions": [
           {"type": "Suspended", "status": "True", "reason": "JobSuspended"}]}}
        """
            .formatted(labels),
        Job.class);
  }

  private static Job queued() {
    return job("\"kueue.x-k8s.io/queue-name\": \"research\"");
  }

  @Test
  void itsPlaceInTheQueueIsToldAndWhatIsLacking() {
    api.put(
        WORKLOADS,
        workloads(
            condition(
                "QuotaReserved",
                "False",
                "Pending",
                "couldn't assign flavors to pod set main: insufficient unused quota for cpu in"
                    + " flavor default-flavor, 1 more needed")));
    api.put(
        PENDING,
        """
        {"kind": "PendingWorkloadsSummary", "items": [
          {"metadata": {"name": "job-other-1"}, "localQueueName": "research",
           "positionInClusterQueue": 0, "positionInLocalQueue": 0},
          {"metadata": {"name": "job-train-19797"}, "localQueueName": "research",
           "positionInClusterQueue": 4, "positionInLocalQueue": 1}]}
        """);

    assertThat(WaitReasons.isSuspended(queued())).isTrue();
    assertThat(reasons.of(queued()))
        .isEqualTo(
            "it waits in the queue `research` of Kueue, as number 2 of the 2 that wait there:"
                + " couldn't assign flavors to pod set main: insufficient unused quota for cpu in"
                + " flavor default-flavor, 1 more needed");
  }

  @Test
  void aQueueThatIsNotThereIsSaidToBe() {
    api.put(
        WORKLOADS,
        workloads(
            condition(
                "QuotaReserved", "False", "Inadmissible", "LocalQueue research doesn't exist")));

    assertThat(reasons.of(queued()))
        .isEqualTo("it waits in the queue `research` of Kueue: LocalQueue research doesn't exist");
  }

  @Test
  void anEvictionIsToldUntilQuotaIsLackingAgain() {
    api.put(
        WORKLOADS,
        workloads(
            condition("Evicted", "True", "Preempted", "Preempted to accommodate a workload")));

    assertThat(reasons.of(queued())).endsWith(": Preempted to accommodate a workload");
  }

  @Test
  void whoMayNotLookIsToldTheQueue() {
    api.forbid(WORKLOADS);

    assertThat(reasons.of(queued())).isEqualTo("it waits in the queue `research` of Kueue");
  }

  @Test
  void aJobThatSomebodySuspendedIsSaidToBe() {
    assertThat(reasons.of(job("")))
        .isEqualTo("somebody suspended its Job `train`, or a controller of the cluster did");
  }

  @Test
  void aPodThatAQueueGatesIsToldTheSame() {
    api.put(WORKLOADS, workloads(condition("QuotaReserved", "False", "Pending", "no quota")));
    var pod =
        Serialization.unmarshal(
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "train", "uid": "the-uid",
              "labels": {"kueue.x-k8s.io/queue-name": "research"}},
             "spec": {"schedulingGates": [{"name": "kueue.x-k8s.io/admission"}], "containers": []},
             "status": {"phase": "Pending", "conditions": [{"type": "PodScheduled",
               "status": "False", "reason": "SchedulingGated"}]}}
            """,
            Pod.class);

    assertThat(WaitWords.of(pod))
        .isEqualTo(
            "something in the cluster holds it back for now, by the scheduling gate"
                + " `kueue.x-k8s.io/admission`");
    assertThat(reasons.of(pod, WaitWords.of(pod)))
        .isEqualTo("it waits in the queue `research` of Kueue: no quota");
  }
}
