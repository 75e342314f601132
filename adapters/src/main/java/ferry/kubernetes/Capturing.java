package ferry.kubernetes;

import ferry.backend.Plan;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Finds out what the Pod has in which a command was typed. */
@FunctionalInterface
public interface Capturing {

  /**
   * What that Pod gives to the steps of a run; empty where the command was not typed in a Pod.
   *
   * @param client speaks to the cluster that the run is for
   * @param namespace in which the run will be
   * @throws ferry.error.UserException where the Pod cannot be read, in words
   */
  Optional<PodSetting> capture(KubernetesClient client, String namespace, Plan plan);
}
