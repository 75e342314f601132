package ferry.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The group by which steps may write to a volume that is made for them, where only their image says
 * as whom they run: a new volume is root's alone. It is always the same number, for files go from
 * step to step. OpenShift gives each namespace a group of its own, and refuses others.
 */
final class VolumeGroups {
  /** That of the first user of most images. */
  static final String USUAL = "1000";

  private static final String OPENSHIFT = "apis/security.openshift.io";
  private static final int OK = 200;
  private static final long PATIENCE_SECONDS = 2;

  private final Map<ClusterAddress, Boolean> isOpenShift = new ConcurrentHashMap<>();

  /** None where the cluster gives one itself, or does not answer; asked once for each cluster. */
  Optional<String> of(ClusterAddress address, Function<ClusterAddress, KubernetesClient> clients) {
    var known = Optional.ofNullable(isOpenShift.get(address));
    var answer = known.or(() -> isOpenShift(clients.apply(address)));
    answer.ifPresent(given -> isOpenShift.put(address, given));
    return answer.filter(given -> !given).map(_ -> USUAL);
  }

  private static Optional<Boolean> isOpenShift(KubernetesClient client) {
    var url = URLUtils.join(client.getMasterUrl().toString(), OPENSHIFT);
    var request = client.getHttpClient().newHttpRequestBuilder().uri(URI.create(url)).build();
    try {
      var answer =
          client
              .getHttpClient()
              .sendAsync(request, String.class)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return Optional.of(answer.code() == OK);
    } catch (ExecutionException | TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
