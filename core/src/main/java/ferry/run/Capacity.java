package ferry.run;

import ferry.workflow.Resources;

/**
 * What there is room for.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes bytes
 * @param gpus whole GPUs
 * @param attempts how many attempts may be under way at one time, whatever they ask for
 */
public record Capacity(long cpuMillis, long memoryBytes, long gpus, long attempts) {
  /** What a step takes that does not say how much processor it wants: one. */
  public static final long DEFAULT_CPU_MILLIS = 1000;

  /** No attempt, and nothing for one. */
  public static final Capacity NONE = new Capacity(0, 0, 0, 0);

  /** More than anybody asks for, and far from an overflow. */
  private static final long BOUNDLESS = 1L << 60;

  /** A machine: it takes as many attempts as find room in it. */
  public Capacity(long cpuMillis, long memoryBytes, long gpus) {
    this(cpuMillis, memoryBytes, gpus, BOUNDLESS);
  }

  /** A place that finds room by itself, or lets attempts wait: only their number is bounded. */
  public static Capacity ofAttempts(long attempts) {
    return new Capacity(BOUNDLESS, BOUNDLESS, BOUNDLESS, attempts);
  }

  /** What a step takes of it. */
  public static Capacity of(Resources asked) {
    return new Capacity(
        asked.cpuMillis().orElse(DEFAULT_CPU_MILLIS),
        asked.memoryBytes().orElse(0),
        asked.gpus(),
        1);
  }

  public boolean fits(Capacity asked) {
    return asked.cpuMillis <= cpuMillis
        && asked.memoryBytes <= memoryBytes
        && asked.gpus <= gpus
        && asked.attempts <= attempts;
  }

  /** Whether nothing more can start, however little it asks for. */
  public boolean isUsedUp() {
    return cpuMillis <= 0 || attempts <= 0;
  }

  public Capacity minus(Capacity taken) {
    return new Capacity(
        cpuMillis - taken.cpuMillis,
        memoryBytes - taken.memoryBytes,
        gpus - taken.gpus,
        attempts - taken.attempts);
  }

  public Capacity plus(Capacity freed) {
    return new Capacity(
        cpuMillis + freed.cpuMillis,
        memoryBytes + freed.memoryBytes,
        gpus + freed.gpus,
        attempts + freed.attempts);
  }
}
