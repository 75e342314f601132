package ferry.engine;

import ferry.error.SystemError;
import ferry.run.Capacity;
import ferry.workflow.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Refuses steps that ask for more than a place has, in use or not: they would wait for ever. */
final class Shortage {
  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;

  private Shortage() {}

  /**
   * Holds one step against all that there is.
   *
   * @throws ferry.error.UserException with both numbers, where it asks for more
   */
  static void refuse(Step step, Capacity all) {
    var asked = Capacity.of(step.resources());
    if (asked.cpuMillis() > all.cpuMillis()) {
      throw tooLarge(step, "cpu", cpu(asked.cpuMillis()), cpu(all.cpuMillis()));
    }
    if (asked.memoryBytes() > all.memoryBytes()) {
      throw tooLarge(step, "memory", memory(asked.memoryBytes()), memory(all.memoryBytes()));
    }
    if (asked.gpus() > all.gpus()) {
      throw tooLarge(step, "gpu", "" + asked.gpus(), "" + all.gpus());
    }
  }

  private static RuntimeException tooLarge(Step step, String what, String asked, String all) {
    return new SystemError.TooLarge(step.name(), what, asked, all).thrown();
  }

  private static String cpu(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }

  private static String memory(long bytes) {
    boolean large = bytes >= GIBIBYTE;
    var unit = BigDecimal.valueOf(large ? GIBIBYTE : MEBIBYTE);
    var number = BigDecimal.valueOf(bytes).divide(unit, 1, RoundingMode.HALF_UP);
    return number.stripTrailingZeros().toPlainString() + (large ? "Gi" : "Mi");
  }
}
