package ferry.kubernetes.checkup;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells Argo's version as far as the account may look. */
final class ArgoVersion {
  private static final Pattern TAG = Pattern.compile("workflow-controller:v?([0-9][0-9.]*)");
  private static final String GROUP = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";

  private final KubernetesClient client;
  private final String namespace;

  ArgoVersion(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** As in {@code version 3.7.18}. */
  String words() {
    return ofController(namespace)
        .or(() -> ofController("argo"))
        .map(version -> "version " + version)
        .or(this::ofSchema)
        .orElse("its version cannot be told by this account");
  }

  private Optional<String> ofController(String where) {
    try {
      return client.apps().deployments().inNamespace(where).list().getItems().stream()
          .flatMap(each -> each.getSpec().getTemplate().getSpec().getContainers().stream())
          .map(container -> TAG.matcher(container.getImage()))
          .filter(java.util.regex.Matcher::find)
          .map(found -> found.group(1))
          .findFirst();
    } catch (KubernetesClientException _) {
      return Optional.empty();
    }
  }

  /** Since 4.0 a CronWorkflow has a list of schedules, and no single one. */
  private Optional<String> ofSchema() {
    try {
      var text = client.raw(GROUP + "cronworkflows.argoproj.io");
      return Optional.ofNullable(text)
          .filter(schema -> schema.contains("\"schedules\""))
          .map(schema -> schema.contains("\"schedule\":") ? "version 3.6 or 3.7" : "version 4");
    } catch (KubernetesClientException _) {
      return Optional.empty();
    }
  }
}
