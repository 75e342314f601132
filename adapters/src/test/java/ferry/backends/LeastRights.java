package ferry.backends;

import static org.awaitility.Awaitility.await;

import ferry.kubernetes.rights.Rights;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * An account in a namespace of its own that may do exactly what {@code ferry doctor --rbac} grants,
 * and no more: whatever else Ferry asks of a cluster fails the test.
 */
final class LeastRights {
  static final String NAMESPACE = "ferry-contract";
  private static final String NAME = "ferry";
  private static final String RBAC = "rbac.authorization.k8s.io";

  private LeastRights() {}

  /** A client that may do everything, for looking at what came of it. */
  static KubernetesClient admin() {
    var config = Config.fromKubeconfig(new File(TestCluster.kubeconfig()));
    config.setNamespace(NAMESPACE);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** The account's kubeconfig, written below a directory. */
  static String kubeconfig(Path directory) throws IOException {
    try (var admin = admin()) {
      prepare(admin);
      var secrets = admin.secrets().inNamespace(NAMESPACE).withName(NAME);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              secrets.require().getData() != null
                  && secrets.require().getData().containsKey("token"));
      var data = secrets.require().getData();
      var token = Base64.getDecoder().decode(Objects.requireNonNull(data.get("token")));
      var file = Files.createDirectories(directory).resolve("kubeconfig");
      return Files.writeString(
              file,
              text(
                  admin.getMasterUrl().toString(),
                  Objects.requireNonNull(data.get("ca.crt")),
                  new String(token, StandardCharsets.UTF_8)))
          .toString();
    }
  }

  /** A namespace in which no Pod may be. */
  static void quota(String namespace) {
    try (var admin = admin()) {
      create(
          admin,
          new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build());
      create(
          admin,
          new ResourceQuotaBuilder()
              .withNewMetadata()
              .withName("none")
              .withNamespace(namespace)
              .endMetadata()
              .withNewSpec()
              .withHard(Map.of("pods", new Quantity("0")))
              .endSpec()
              .build());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              admin
                      .resourceQuotas()
                      .inNamespace(namespace)
                      .withName("none")
                      .require()
                      .getStatus()
                      .getHard()
                  != null);
    }
  }

  private static void prepare(KubernetesClient admin) {
    create(
        admin, new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build());
    create(
        admin, new ServiceAccountBuilder().withNewMetadata().withName(NAME).endMetadata().build());
    create(
        admin,
        new SecretBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withAnnotations(Map.of("kubernetes.io/service-account.name", NAME))
            .endMetadata()
            .withType("kubernetes.io/service-account-token")
            .build());
    create(
        admin,
        new RoleBuilder()
            .withNewMetadata()
            .withName(NAME)
            .endMetadata()
            .withRules(
                Rights.KUBERNETES.stream()
                    .map(right ->
                        new PolicyRuleBuilder()
                            .withApiGroups(right.group())
                            .withResources(right.resource())
                            .withVerbs(right.verbs())
                            .build())
                    .toList())
            .build());
    create(
        admin,
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(NAME)
            .endMetadata()
            .withNewRoleRef(RBAC, "Role", NAME)
            .addNewSubject(null, "ServiceAccount", NAME, NAMESPACE)
            .build());
  }

  private static void create(KubernetesClient admin, HasMetadata object) {
    try {
      var own = object.getMetadata().getNamespace();
      admin.resource(object).inNamespace(own == null ? NAMESPACE : own).create();
    } catch (KubernetesClientException there) {
      if (there.getCode() != 409) {
        throw there;
      }
    }
  }

  private static String text(String server, String authority, String token) {
    return """
    apiVersion: v1
    kind: Config
    current-context: least
    clusters: [{name: least, cluster: {server: '%s', certificate-authority-data: %s}}]
    users: [{name: least, user: {token: '%s'}}]
    contexts: [{name: least, context: {cluster: least, user: least, namespace: %s}}]
    """
        .formatted(server, authority, token, NAMESPACE);
  }
}
