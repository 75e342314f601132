package ferry.kubernetes.checkup;

import ferry.kubernetes.ClusterJson;
import ferry.kubernetes.rights.Right;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;
import java.util.Locale;

/** Rights as the objects that a platform engineer applies. */
final class RoleYaml {
  static final String NAME = "ferry";
  private static final String RBAC = "rbac.authorization.k8s.io";

  private RoleYaml() {}

  /** A Role with these rights and its binding, as {@code kubectl apply -f -} takes them. */
  static String of(String namespace, Subject subject, List<Right> rights) {
    var role =
        new RoleBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .endMetadata()
            .withRules(rights.stream().map(RoleYaml::rule).toList())
            .build();
    var binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(
                NAME
                    + "-"
                    + subject.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-"))
            .withNamespace(namespace)
            .endMetadata()
            .withNewRoleRef(RBAC, "Role", NAME);
    var who = binding.addNewSubject().withKind(subject.kind()).withName(subject.name());
    if (subject.namespace().isEmpty()) {
      who.withApiGroup(RBAC);
    } else {
      who.withNamespace(subject.namespace());
    }
    var yaml = ClusterJson.JSON;
    return yaml.asYaml(role) + yaml.asYaml(who.endSubject().build());
  }

  private static PolicyRule rule(Right right) {
    return new PolicyRuleBuilder()
        .withApiGroups(right.group())
        .withResources(right.resource())
        .withVerbs(right.verbs())
        .build();
  }
}
