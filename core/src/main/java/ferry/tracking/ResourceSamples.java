package ferry.tracking;

import ferry.run.AttemptId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What attempts used over time, as far as it was watched. */
public interface ResourceSamples {

  /**
   * What an attempt used at a moment.
   *
   * @param cpuPercent 100 for one whole processor, since the sample before
   * @param memoryBytes of all its processes
   * @param gpuPercent how busy its GPUs were, 100 for one that was all the time
   */
  record Sample(
      Instant at,
      double cpuPercent,
      long memoryBytes,
      OptionalDouble gpuPercent,
      OptionalLong gpuMemoryBytes) {}

  /** Oldest first, some hundreds at most; none where nothing was watched. */
  List<Sample> of(AttemptId attempt);
}
