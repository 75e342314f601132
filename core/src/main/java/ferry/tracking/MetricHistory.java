package ferry.tracking;

import java.util.List;

/** The metrics of tracked runs, latest and whole. */
public interface MetricHistory {

  /**
   * The newest point of each key, in the order of keys: that of the highest step; of several the
   * latest, then the largest.
   */
  List<Metric> latest(TrackedId run);

  /** All points of a key by time, then step, then value; none where nothing was logged. */
  MetricSeries history(TrackedId run, String key);
}
