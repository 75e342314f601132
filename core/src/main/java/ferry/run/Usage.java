package ferry.run;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What an attempt used, as far as it is known.
 *
 * @param cpuSeconds processor time of all its processes, user and system
 * @param peakMemoryBytes the most memory that its processes held at one time
 */
public record Usage(OptionalDouble cpuSeconds, OptionalLong peakMemoryBytes) {
  public static final Usage UNKNOWN = new Usage(OptionalDouble.empty(), OptionalLong.empty());

  public static Usage of(double cpuSeconds, long peakMemoryBytes) {
    return new Usage(OptionalDouble.of(cpuSeconds), OptionalLong.of(peakMemoryBytes));
  }
}
