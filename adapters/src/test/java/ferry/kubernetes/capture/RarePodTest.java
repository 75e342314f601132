package ferry.kubernetes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What few notebooks have. */
class RarePodTest {
  private static final String POD =
      """
      metadata:
        name: notebook
        annotations:
          cluster-autoscaler.kubernetes.io/safe-to-evict: "false"
          vault.hashicorp.com/agent-inject: "true"
      spec:
        hostPID: true
        hostIPC: true
        shareProcessNamespace: true
        topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
        resourceClaims:
        - {name: gpu, resourceClaimTemplateName: one-gpu}
        - {name: card, resourceClaimName: card-1}
        containers:
        - name: notebook
          image: python:3
          resources: {claims: [{name: gpu}]}
      """;

  @Test
  void whatAStepCanHaveTravels() {
    var template = captured().template();

    var spec = template.getSpec();
    assertThat(spec.getHostPID()).isTrue();
    assertThat(spec.getHostIPC()).isTrue();
    assertThat(spec.getResourceClaims())
        .singleElement()
        .satisfies(claim -> {
          assertThat(claim.getName()).isEqualTo("gpu");
          assertThat(claim.getResourceClaimTemplateName()).isEqualTo("one-gpu");
        });
    assertThat(spec.getContainers().getFirst().getResources().getClaims().getFirst().getName())
        .isEqualTo("gpu");
    assertThat(template.getMetadata().getAnnotations())
        .containsOnly(Map.entry("cluster-autoscaler.kubernetes.io/safe-to-evict", "false"));
  }

  @Test
  void allElseIsNamedWithTheReason() {
    assertThat(captured().left())
        .extracting(LeftBehind::toString)
        .containsExactly(
            "the claimed device `card`: only other containers of the notebook use that",
            "the process namespace that the notebook's containers share: a step is one container,"
                + " and sees its own processes",
            "the rules that spread Pods like the notebook (`topologySpreadConstraints`): they count"
                + " Pods by labels that steps do not have",
            "the annotation `vault.hashicorp.com/agent-inject`: they are of the notebook's own Pod,"
                + " or have something put into it that a step would wait for");
  }

  private static Captured captured() {
    var inside =
        new Inside(
            Optional.of("lab"),
            "notebook",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of());
    return new Notebook(
            Serialization.unmarshal(POD, Pod.class), "notebook", inside, _ -> Optional.empty())
        .capture(Map.of());
  }
}
