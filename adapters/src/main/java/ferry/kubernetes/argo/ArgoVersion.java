package ferry.kubernetes.argo;

import ferry.kubernetes.Cluster;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * What an installed Argo knows, as far as it can be told from the schema of its objects; an account
 * that may not read that gets what all versions from 3.5 to 4 know.
 */
enum ArgoVersion {
  UNKNOWN,
  /** 3.x: a CronWorkflow may have one {@code schedule}. */
  THREE,
  /** From 4.0 on it has a list of them alone. */
  FOUR;

  private static final int FORBIDDEN = 403;
  private static final String SCHEMA =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/workflows.argoproj.io";

  static ArgoVersion of(Cluster cluster) {
    try {
      var schema = cluster.ask(() -> cluster.client().raw(SCHEMA));
      if (schema == null) {
        return UNKNOWN;
      }
      return schema.contains("\"pendingTimeout\"") ? FOUR : THREE;
    } catch (KubernetesClientException trouble) {
      if (trouble.getCode() == FORBIDDEN) {
        return UNKNOWN;
      }
      throw trouble; // asked again with the next run: what is not known now is not unknown for good
    }
  }

  boolean hasOneSchedule() {
    return this == THREE;
  }

  boolean hasPendingTimeout() {
    return this == FOUR;
  }

  boolean hasBackoffCap() {
    return this == FOUR;
  }
}
