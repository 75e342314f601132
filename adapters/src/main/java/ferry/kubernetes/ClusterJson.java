package ferry.kubernetes;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Objects of clusters as text. One for all: each keeps a table of every kind that there is, and
 * what it has learnt of the classes that it wrote and read.
 */
public final class ClusterJson {
  public static final KubernetesSerialization JSON = new KubernetesSerialization();

  private ClusterJson() {}
}
