package ferry.kubernetes;

import ferry.run.RunId;
import ferry.tracking.Sha256;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects that a cluster has said it would take, but for the name of their run: for a few minutes
 * it need not be asked again before the next run of the same is accepted. Its word still counts
 * when the object is made.
 */
public final class Vouched {
  private static final Duration HOLDS = Duration.ofMinutes(5);
  private static final int MOST = 500;

  private final Map<String, Instant> asked = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public Vouched(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Asks a cluster whether it would take an object of a run, unless it said so of an equal one.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException where it would not, or does not
   *     answer
   */
  public void check(Cluster cluster, RunId run, HasMetadata object) {
    var key =
        Sha256.of(cluster.address() + ClusterJson.JSON.asJson(object).replace(run.value(), ""));
    var since = asked.get(key);
    var now = clock.instant();
    if (since == null || since.plus(HOLDS).isBefore(now) || since.isAfter(now)) {
      cluster.ask(() -> cluster.client().resource(object).dryRun(true).create());
      if (asked.size() >= MOST) {
        asked.clear();
      }
      asked.put(key, now);
    }
  }

  /** A cluster did not take something after all. */
  public void forget() {
    asked.clear();
  }
}
