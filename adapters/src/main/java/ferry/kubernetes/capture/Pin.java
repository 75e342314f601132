package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps a step on one node, by the node's name, beside whatever else its affinity asks for. */
final class Pin {
  private Pin() {}

  static Affinity to(String node, @Nullable Affinity from, Pod notebook, Ledger ledger) {
    NodeSelectorRequirement here =
        new NodeSelectorRequirementBuilder()
            .withKey("metadata.name")
            .withOperator("In")
            .withValues(node)
            .build();
    var builder = from == null ? new AffinityBuilder() : new AffinityBuilder(from);
    var terms =
        Optional.ofNullable(from)
            .map(Affinity::getNodeAffinity)
            .map(asked -> asked.getRequiredDuringSchedulingIgnoredDuringExecution())
            .map(required -> required.getNodeSelectorTerms())
            .filter(list -> !list.isEmpty())
            .orElse(List.of(new NodeSelectorTerm()));
    var pinned =
        terms.stream()
            .map(term -> new NodeSelectorTermBuilder(term).addToMatchFields(here).build())
            .toList();
    var nodes = builder.editOrNewNodeAffinity();
    nodes
        .editOrNewRequiredDuringSchedulingIgnoredDuringExecution()
        .withNodeSelectorTerms(pinned)
        .endRequiredDuringSchedulingIgnoredDuringExecution();
    return withoutQuarrel(nodes.endNodeAffinity().build(), notebook, ledger);
  }

  /** A notebook that shares its node with no other of its kind must not keep its own steps away. */
  private static Affinity withoutQuarrel(Affinity pinned, Pod notebook, Ledger ledger) {
    if (pinned.getPodAntiAffinity() == null) {
      return pinned;
    }
    var builder = new AffinityBuilder(pinned);
    var apart = pinned.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
    var kept = apart.stream().filter(term -> !meets(term, notebook)).toList();
    if (kept.size() == apart.size()) {
      return pinned;
    }
    ledger.leave(
        "the rule that keeps Pods like the notebook apart",
        "steps have to run beside the notebook");
    return builder
        .editPodAntiAffinity()
        .withRequiredDuringSchedulingIgnoredDuringExecution(kept)
        .endPodAntiAffinity()
        .build();
  }

  private static boolean meets(PodAffinityTerm term, Pod notebook) {
    Map<String, String> labels =
        Optional.ofNullable(notebook.getMetadata().getLabels()).orElse(Map.of());
    return Stream.ofNullable(term.getLabelSelector()).anyMatch(asked -> selects(asked, labels));
  }

  private static boolean selects(LabelSelector selector, Map<String, String> labels) {
    boolean same =
        Optional.ofNullable(selector.getMatchLabels()).orElse(Map.of()).entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())));
    return same
        && selector.getMatchExpressions().stream()
            .allMatch(asked -> {
              var value = labels.get(asked.getKey());
              return switch (asked.getOperator()) {
                case "In" -> value != null && asked.getValues().contains(value);
                case "NotIn" -> value == null || !asked.getValues().contains(value);
                case "Exists" -> value != null;
                default -> value == null;
              };
            });
  }
}
