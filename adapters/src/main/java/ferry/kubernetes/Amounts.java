package ferry.kubernetes;

import ferry.workflow.CpuText;
import ferry.workflow.MemoryText;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;

/** Amounts of resources as people say them. */
final class Amounts {
  private static final BigDecimal MILLI = BigDecimal.valueOf(1000);

  private Amounts() {}

  /** {@code 64 cpu}, {@code 2Gi of memory}, {@code 1 nvidia.com/gpu}. */
  static String words(String resource, Quantity amount) {
    return words(resource, amount.getNumericalAmount());
  }

  static String words(String resource, BigDecimal number) {
    return switch (resource) {
      case "cpu" -> CpuText.print(number.multiply(MILLI).longValue()) + " cpu";
      case "memory" -> MemoryText.about(number.longValue()) + " of memory";
      default -> number.toPlainString() + " " + resource;
    };
  }
}
