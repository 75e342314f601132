package ferry.kubernetes.rights;

import ferry.error.SystemError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rights that an account was found to have. A cluster is asked for each of them once, and again
 * when it has refused something.
 */
public final class GrantedRights {
  /** What who lacks a right can do. */
  public static final String WAY_OUT =
      "a platform engineer grants it: `ferry doctor --rbac` prints the Role to apply, and"
          + " `docs/platform.md` says how";

  private static final Logger LOG = LoggerFactory.getLogger(GrantedRights.class);

  private final Set<Right> granted = ConcurrentHashMap.newKeySet();
  private final KubernetesClient client;
  private final String namespace;

  /** Those in a namespace; none is known yet. */
  public GrantedRights(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Asks for those that are not known yet. What a cluster does not tell is taken for granted: it
   * has the last word when something is made.
   *
   * @throws ferry.error.UserException where one is missing
   */
  public void check(List<Right> rights) {
    var unknown = rights.stream().filter(one -> !granted.contains(one)).toList();
    if (unknown.isEmpty()) {
      return;
    }
    try {
      var lacking = new AccessReviews(client, namespace).lacking(unknown);
      if (!lacking.isEmpty()) {
        throw missing(lacking.getFirst());
      }
      granted.addAll(unknown);
    } catch (IllegalStateException silent) {
      if (!(silent.getCause() instanceof KubernetesClientException)) {
        throw silent;
      }
      LOG.info("the cluster does not say what the account may do", silent);
      granted.addAll(unknown);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private RuntimeException missing(Right right) {
    return new SystemError.Unavailable(
            "the account here may not %s %s in the namespace `%s`, which is needed for %s"
                .formatted(
                    String.join(", ", right.verbs()), right.resource(), namespace, right.purpose()),
            List.of(WAY_OUT))
        .thrown();
  }

  /** Something was refused after all. */
  public void forget() {
    granted.clear();
  }
}
