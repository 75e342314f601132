package ferry.tracking;

import ferry.run.RunId;
import java.util.List;

/** The metrics of tracked runs, latest and whole. */
public interface MetricHistory {

  /**
   * The newest point of each key, in the order of keys: that of the highest step; of several the
   * latest, then the largest.
   */
  List<Metric> latest(TrackedId run);

  /** How many points a key of a tracked run has. */
  record Length(TrackedId run, String key, long points) {}

  /**
   * What was logged to a run of Ferry and all that belongs to it, the run's own first; what was
   * deleted is left out.
   */
  List<Length> lengths(RunId run, int most);

  /** All points of a key by time, then step, then value; none where nothing was logged. */
  MetricSeries history(TrackedId run, String key);
}
