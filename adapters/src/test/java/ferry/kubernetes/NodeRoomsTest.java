package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a step that finds no room is told of the nodes. */
class NodeRoomsTest {
  private static final String NODES =
      """
      {"kind": "NodeList", "apiVersion": "v1", "metadata": {}, "items": [
        {"metadata": {"name": "small", "labels": {"zone": "a"}},
         "spec": {}, "status": {"allocatable": {"cpu": "4", "memory": "8Gi"}}},
        {"metadata": {"name": "large", "labels": {"zone": "b"}},
         "spec": {}, "status": {"allocatable": {"cpu": "16", "memory": "64Gi"}}},
        {"metadata": {"name": "kept", "labels": {"zone": "b"}},
         "spec": {"taints": [{"key": "gpu", "value": "only", "effect": "NoSchedule"}]},
         "status": {"allocatable": {"cpu": "96", "memory": "900Gi", "nvidia.com/gpu": "8"}}},
        {"metadata": {"name": "closed", "labels": {"zone": "a"}},
         "spec": {"unschedulable": true}, "status": {"allocatable": {"cpu": "64", "memory": "500Gi"}}}]}
      """;
  private static final String PODS =
      """
      {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": [
        {"metadata": {"name": "a"}, "status": {"phase": "Running"},
         "spec": {"nodeName": "large", "containers": [
           {"name": "x", "resources": {"requests": {"cpu": "13", "memory": "60Gi"}}},
           {"name": "y", "resources": {"limits": {"memory": "1Gi"}}}]}},
        {"metadata": {"name": "b"}, "status": {"phase": "Succeeded"},
         "spec": {"nodeName": "small", "containers": [
           {"name": "x", "resources": {"requests": {"memory": "8Gi"}}}]}},
        {"metadata": {"name": "c"}, "status": {"phase": "Pending"},
         "spec": {"nodeName": "small", "containers": [{"name": "x"}],
           "initContainers": [{"name": "i", "resources": {"requests": {"memory": "2Gi"}}}]}}]}
      """;

  private Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private FakeApi api;
  private NodeRooms rooms;

  @BeforeEach
  void begin() throws IOException {
    api = new FakeApi();
    rooms = new NodeRooms(api.client, () -> now);
    api.put("/api/v1/nodes", NODES);
    api.put("/api/v1/pods", PODS);
  }

  @AfterEach
  void end() {
    api.close();
  }

  private static Pod pod(String memory, String lacks, String more) {
    return Serialization.unmarshal(
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "step"},
         "spec": {%s "containers": [{"name": "step", "resources": {"requests": {"memory": "%s"}}}]},
         "status": {"conditions": [{"type": "PodScheduled", "status": "False",
           "reason": "Unschedulable", "message": "0/4 nodes are available: 4 Insufficient %s."}]}}
        """
            .formatted(more, memory, lacks),
        Pod.class);
  }

  private String said(String memory, String lacks, String more) {
    return rooms.words(pod(memory, lacks, more), "as it was");
  }

  @Test
  void theLargestFreeNodeIsNamed() {
    assertThat(said("20Gi", "memory", ""))
        .isEqualTo(
            "no node has room: the step asks for 20Gi of memory, and there is not enough memory"
                + " free: at most 6Gi of memory on the node `small`, which has 8Gi of memory in"
                + " all; ask for less, or wait");
  }

  @Test
  void whatNoNodeEverHasIsSaidToBe() {
    assertThat(said("900Gi", "memory", "")).endsWith("; no node is that large: ask for less");
    assertThat(said("1Gi", "nvidia.com/gpu", ""))
        .contains("not enough nvidia.com/gpu free: no node has any nvidia.com/gpu");
  }

  @Test
  void nodesThatWouldNotTakeItDoNotCount() {
    assertThat(said("20Gi", "memory", "\"nodeSelector\": {\"zone\": \"b\"},"))
        .contains("at most 3Gi of memory on the node `large`, which has 64Gi");
    assertThat(
            said(
                "20Gi",
                "memory",
                "\"tolerations\": [{\"key\": \"gpu\", \"operator\": \"Exists\"}],"))
        .contains("on the node `kept`");
    assertThat(
            said(
                "20Gi",
                "memory",
                """
                "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution":
                  {"nodeSelectorTerms": [{"matchFields": [
                    {"key": "metadata.name", "operator": "In", "values": ["large"]}]}]}}},\
                """))
        .contains("on the node `large`");
  }

  @Test
  void whoMayNotListNodesIsToldTheRest() {
    api.forbid("/api/v1/nodes");

    assertThat(said("20Gi", "memory", "")).isEqualTo("as it was");
    assertThat(said("20Gi", "memory", "")).isEqualTo("as it was");
    assertThat(api.asked).containsOnlyOnce("/api/v1/nodes");
  }

  @Test
  void whatWasSeenIsGoodForSomeSeconds() {
    said("20Gi", "memory", "");
    said("20Gi", "memory", "");
    assertThat(api.asked).containsOnlyOnce("/api/v1/pods");

    now = now.plusSeconds(11);
    said("20Gi", "memory", "");
    assertThat(api.asked).filteredOn("/api/v1/pods"::equals).hasSize(2);
  }

  @Test
  void whatIsNotALackOfRoomAsksNothing() {
    var running = Serialization.unmarshal("{\"kind\": \"Pod\", \"spec\": {}}", Pod.class);

    assertThat(rooms.words(running, "as it was")).isEqualTo("as it was");
    assertThat(api.asked).isEmpty();
  }
}
