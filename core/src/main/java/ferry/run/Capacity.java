package ferry.run;

import ferry.workflow.Resources;

/**
 * What there is room for.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes bytes
 * @param gpus whole GPUs
 */
public record Capacity(long cpuMillis, long memoryBytes, int gpus) {
  /** What a step takes that does not say how much processor it wants: one. */
  public static final long DEFAULT_CPU_MILLIS = 1000;

  /** What a step takes of it. */
  public static Capacity of(Resources asked) {
    return new Capacity(
        asked.cpuMillis().orElse(DEFAULT_CPU_MILLIS), asked.memoryBytes().orElse(0), asked.gpus());
  }

  public boolean fits(Capacity asked) {
    return asked.cpuMillis <= cpuMillis && asked.memoryBytes <= memoryBytes && asked.gpus <= gpus;
  }

  public Capacity minus(Capacity taken) {
    return new Capacity(
        cpuMillis - taken.cpuMillis, memoryBytes - taken.memoryBytes, gpus - taken.gpus);
  }

  public Capacity plus(Capacity freed) {
    return new Capacity(
        cpuMillis + freed.cpuMillis, memoryBytes + freed.memoryBytes, gpus + freed.gpus);
  }
}
