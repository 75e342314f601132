package ferry.kubernetes.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which NetworkPolicies keep steps from the server in a notebook. */
class ListenerPoliciesTest {
  private static final String NOBODY =
      """
      metadata: {name: deny-all}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """;

  private static final String HUB_ONLY =
      """
      metadata: {name: hub-only}
      spec:
        podSelector: {matchLabels: {component: singleuser-server}}
        ingress: [{from: [{podSelector: {matchLabels: {component: hub}}}]}]
      """;

  private static final String STEPS =
      """
      metadata: {name: steps}
      spec:
        podSelector: {matchExpressions: [{key: component, operator: In, values: [singleuser-server]}]}
        ingress: [{from: [{podSelector: {matchLabels: {app.kubernetes.io/managed-by: ferry}}}]}]
      """;

  private static final String NOT_OUT =
      """
      metadata: {name: no-way-out}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: [{ports: [{port: 53}]}]
      """;

  private static Optional<String> keeping(String... policies) {
    var all =
        Arrays.stream(policies)
            .map(text -> Serialization.unmarshal(text, NetworkPolicy.class))
            .toList();
    return new ListenerPolicies(all)
        .keepingStepsFrom(Map.of("component", "singleuser-server", "app", "jupyterhub"));
  }

  @Test
  void withoutPoliciesEverybodyMaySpeakToIt() {
    assertThat(keeping()).isEmpty();
  }

  @Test
  void aPolicyThatNamesOthersAloneKeepsStepsOff() {
    assertThat(keeping(HUB_ONLY)).contains("hub-only");
    assertThat(keeping(NOBODY)).contains("deny-all");
  }

  @Test
  void oneThatLetsStepsInIsEnough() {
    assertThat(keeping(NOBODY, HUB_ONLY, STEPS)).isEmpty();
  }

  @Test
  void aPolicyForOtherPodsIsNone() {
    assertThat(keeping(HUB_ONLY.replace("singleuser-server", "proxy"))).isEmpty();
  }

  @Test
  void stepsThatMaySpeakToNobodyAreKeptOffToo() {
    assertThat(keeping(NOT_OUT)).contains("no-way-out");
  }
}
