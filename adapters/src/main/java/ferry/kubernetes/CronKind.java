package ferry.kubernetes;

import ferry.backend.Plan;
import java.util.Map;
import java.util.Optional;

/** A kind of object by which a cluster fires schedules. */
public interface CronKind {
  /** The annotation that says of which version of a schedule something is. */
  String DIGEST = "ferry.dev/digest";

  /** As in {@code CronJob}. */
  String kind();

  /** A kind of object, as in {@code batch/v1} and {@code Job}. */
  record Fires(String apiVersion, String kind) {}

  /** What it makes for each firing. */
  Fires fires();

  /** The version of that kind that a cluster has. */
  String apiVersion(Cluster cluster);

  /** Why the cluster cannot fire a plan's schedule, as half a sentence; empty where it can. */
  Optional<String> whyNot(Cluster cluster, Plan plan);

  /**
   * The object's {@code spec}.
   *
   * @param run what the firings have in the cluster beside it
   * @param labels for all that it makes
   */
  Map<String, Object> spec(
      Cluster cluster, Plan plan, RunInCluster run, Map<String, String> labels);
}
