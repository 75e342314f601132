package ferry.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run's objects are: what must stay the same until it has ended.
 *
 * @param kubeconfig the file that says how to get there; empty for the cluster that the server's
 *     own Pod is in
 * @param context the name in that file
 * @param server the API server's URL
 */
public record ClusterAddress(String kubeconfig, String context, String namespace, String server) {
  static final String NAMESPACE = "namespace";
  private static final String KUBECONFIG = "kubeconfig";
  private static final String CONTEXT = "context";
  private static final String SERVER = "server";

  /** Whether a setting has an address, so that it was accepted before. */
  public static boolean isIn(Map<String, String> setting) {
    return setting.containsKey(SERVER);
  }

  public static ClusterAddress of(Map<String, String> setting) {
    return new ClusterAddress(
        setting.getOrDefault(KUBECONFIG, ""),
        setting.getOrDefault(CONTEXT, ""),
        setting.getOrDefault(NAMESPACE, "default"),
        setting.getOrDefault(SERVER, ""));
  }

  public Map<String, String> in(Map<String, String> setting) {
    var all = new LinkedHashMap<>(setting);
    all.put(KUBECONFIG, kubeconfig);
    all.put(CONTEXT, context);
    all.put(NAMESPACE, namespace);
    all.put(SERVER, server);
    return all;
  }
}
