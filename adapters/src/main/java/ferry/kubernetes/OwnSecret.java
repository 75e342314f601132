package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Secret that we make: the only object with secret values. */
public final class OwnSecret {
  private OwnSecret() {}

  /**
   * Such a Secret.
   *
   * @param values by their keys
   */
  public static Secret of(
      String name, String namespace, Map<String, String> labels, Map<String, String> values) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(labels)
        .endMetadata()
        .withStringData(values)
        .build();
  }

  /** As it is shown: only the names of what is in it. */
  public static Secret hidden(Secret secret) {
    var hidden = new LinkedHashMap<String, String>();
    secret.getStringData().keySet().forEach(name -> hidden.put(name, "…"));
    return new SecretBuilder(secret).withStringData(hidden).build();
  }
}
