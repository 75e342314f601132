package ferry.kubernetes.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.kubernetes.rights.Right;
import ferry.kubernetes.rights.Rights;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleYamlTest {
  private static final String ROLE_OF_AN_ACCOUNT =
      """
      ---
      apiVersion: "rbac.authorization.k8s.io/v1"
      kind: "Role"
      metadata:
        name: "ferry"
        namespace: "lab"
      rules:
      - apiGroups:
        - "batch"
        resources:
        - "jobs"
        verbs:
        - "create"
        - "get"
      - apiGroups:
        - ""
        resources:
        - "pods/log"
        verbs:
        - "get"
      ---
      apiVersion: "rbac.authorization.k8s.io/v1"
      kind: "RoleBinding"
      metadata:
        name: "ferry-notebook"
        namespace: "lab"
      roleRef:
        kind: "Role"
        apiGroup: "rbac.authorization.k8s.io"
        name: "ferry"
      subjects:
      - kind: "ServiceAccount"
        name: "notebook"
        namespace: "lab"
      """;

  @Test
  void aServiceAccountIsBoundToARoleWithTheseRights() {
    var yaml =
        RoleYaml.of(
            "lab",
            Subject.of("system:serviceaccount:lab:notebook"),
            List.of(
                new Right("batch", "jobs", List.of("create", "get"), "steps"),
                new Right("", "pods/log", List.of("get"), "logs")));
    assertThat(yaml).isEqualTo(ROLE_OF_AN_ACCOUNT);
  }

  @Test
  void somebodyWithACertificateIsAUser() {
    var yaml = RoleYaml.of("lab", Subject.of("Ada Lovelace"), List.of());
    assertThat(yaml)
        .contains(
            """
            metadata:
              name: "ferry-ada-lovelace"
            """)
        .endsWith(
            """
            subjects:
            - kind: "User"
              apiGroup: "rbac.authorization.k8s.io"
              name: "Ada Lovelace"
            """);
  }

  @Test
  void theManualHasTheRoleThatIsPrinted() throws Exception {
    var account = Subject.of("system:serviceaccount:jupyter:notebook");
    var printed = RoleYaml.of("jupyter", account, Rights.of(true)).split("\n---\n");

    var manual = manual().split("\n---\n");
    assertThat(rights(manual[0])).containsExactlyElementsOf(rights(printed[0]));
    assertThat(Serialization.unmarshal(manual[1], RoleBinding.class))
        .isEqualTo(Serialization.unmarshal(printed[1], RoleBinding.class));
  }

  /** The objects of the platform engineer's page. */
  private static String manual() throws IOException {
    var page = Path.of(System.getProperty("ferry.checkout"), "docs/platform.md");
    var text = Files.readString(page);
    int start = text.indexOf("   apiVersion: rbac.authorization.k8s.io/v1\n   kind: Role\n");
    return text.substring(start, text.indexOf("\n   ```", start)).stripIndent();
  }

  private static List<String> rights(String role) {
    return Serialization.unmarshal(role, Role.class).getRules().stream()
        .flatMap(rule ->
            rule.getResources().stream()
                .map(resource -> rule.getApiGroups() + " " + resource + " " + rule.getVerbs()))
        .toList();
  }

  @Test
  void theRightsAreThoseOfTheDesignAndNoMore() {
    assertThat(Rights.KUBERNETES)
        .extracting(right -> right.group() + "/" + right.resource() + " " + right.verbs())
        .containsExactly(
            "batch/jobs [create, get, list, watch, patch, delete]",
            "batch/cronjobs [create, get, list, watch, patch, delete]",
            "/configmaps [create, get, list, watch, patch, delete]",
            "/secrets [create, delete]",
            "/persistentvolumeclaims [create, get, delete]",
            "/pods [get, list, watch, delete]",
            "/pods/log [get]",
            "/events [get, list, watch]",
            "/resourcequotas [get, list]");
  }
}
