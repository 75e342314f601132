package ferry.kubernetes.checkup;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether NetworkPolicies of a namespace keep the Pods of steps from the listener of the server in
 * another Pod. Policies only ever add what is let through: where one selects a Pod, all that none
 * of them names is kept off. A rule for some ports is taken for none: the listener's port is drawn.
 */
final class ListenerPolicies {
  /** What each step's Pod has. */
  static final Map<String, String> STEP = Map.of("app.kubernetes.io/managed-by", "ferry");

  private static final String INGRESS = "Ingress";
  private static final String EGRESS = "Egress";

  private final List<NetworkPolicy> policies;

  ListenerPolicies(List<NetworkPolicy> policies) {
    this.policies = List.copyOf(policies);
  }

  /**
   * The name of a policy that keeps steps from a Pod.
   *
   * @param server the labels of the server's Pod
   */
  Optional<String> keepingStepsFrom(Map<String, String> server) {
    var in = policies.stream().filter(one -> isFor(one, INGRESS, server)).toList();
    if (!in.isEmpty() && in.stream().noneMatch(ListenerPolicies::letsStepsIn)) {
      return Optional.of(in.getFirst().getMetadata().getName());
    }
    var out = policies.stream().filter(one -> isFor(one, EGRESS, STEP)).toList();
    return !out.isEmpty() && out.stream().noneMatch(one -> letsOut(one, server))
        ? Optional.of(out.getFirst().getMetadata().getName())
        : Optional.empty();
  }

  private static boolean isFor(NetworkPolicy policy, String type, Map<String, String> labels) {
    var spec = policy.getSpec();
    boolean isOfType =
        spec.getPolicyTypes().isEmpty()
            ? type.equals(INGRESS) || !spec.getEgress().isEmpty()
            : spec.getPolicyTypes().contains(type);
    return isOfType && matches(spec.getPodSelector(), labels);
  }

  private static boolean letsStepsIn(NetworkPolicy policy) {
    return policy.getSpec().getIngress().stream()
        .anyMatch(rule -> rule.getPorts().isEmpty() && isAmong(rule.getFrom(), STEP));
  }

  private static boolean letsOut(NetworkPolicy policy, Map<String, String> server) {
    return policy.getSpec().getEgress().stream()
        .anyMatch(rule -> rule.getPorts().isEmpty() && isAmong(rule.getTo(), server));
  }

  /** No peers are all peers. Blocks of addresses and other namespaces are not looked into. */
  private static boolean isAmong(List<NetworkPolicyPeer> peers, Map<String, String> labels) {
    return peers.isEmpty()
        || peers.stream()
            .anyMatch(peer ->
                peer.getIpBlock() != null
                    || (peer.getPodSelector() == null
                        ? peer.getNamespaceSelector() != null
                        : matches(peer.getPodSelector(), labels)));
  }

  private static boolean matches(LabelSelector selector, Map<String, String> labels) {
    if (selector == null) {
      return true;
    }
    boolean hasAll =
        selector.getMatchLabels() == null
            || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
    return hasAll
        && selector.getMatchExpressions().stream().allMatch(wanted -> matches(wanted, labels));
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    var value = labels.getOrDefault(wanted.getKey(), "");
    boolean isThere = labels.containsKey(wanted.getKey());
    return switch (wanted.getOperator()) {
      case "In" -> isThere && wanted.getValues().contains(value);
      case "NotIn" -> !isThere || !wanted.getValues().contains(value);
      case "Exists" -> isThere;
      default -> !isThere;
    };
  }
}
