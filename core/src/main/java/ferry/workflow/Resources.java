package ferry.workflow;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a step asks for; what is empty was not asked for.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes bytes; a reservation and a limit
 * @param gpus whole GPUs
 * @param gpuKind the model of GPU, as the place where it runs names it
 */
public record Resources(
    OptionalLong cpuMillis, OptionalLong memoryBytes, int gpus, Optional<String> gpuKind) {
  public static final Resources NONE =
      new Resources(OptionalLong.empty(), OptionalLong.empty(), 0, Optional.empty());

  public Resources {
    if (cpuMillis.orElse(0) < 0 || memoryBytes.orElse(0) < 0 || gpus < 0) {
      throw new IllegalArgumentException("resources cannot be negative");
    }
  }
}
