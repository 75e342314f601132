package ferry.search.chance;

/** The exponential function by plain arithmetic: quick, and the same on every machine. */
public final class Exponential {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2_HIGH = 0.6931471803691238;
  private static final double LN2_LOW = 1.9082149292705877E-10;
  private static final double ROUND = 0x1.8p52;

  private Exponential() {}

  /** eˣ to a relative error of 10⁻¹⁵ for x from −700 to 700; 0 below, infinite above. */
  public static double exp(double x) {
    if (!(x >= -700)) {
      return Double.isNaN(x) ? x : 0;
    }
    if (x > 700) {
      return Double.POSITIVE_INFINITY;
    }
    double n = x * LOG2_E + ROUND - ROUND;
    double r = x - n * LN2_HIGH - n * LN2_LOW;
    double r2 = r * r;
    double low = 1 + r + r2 * (0.5 + r * (1.0 / 6));
    double middle = 1.0 / 24 + r * (1.0 / 120) + r2 * (1.0 / 720 + r * (1.0 / 5040));
    double high = 1.0 / 40320 + r * (1.0 / 362880) + r2 * (1.0 / 3628800 + r * (1.0 / 39916800));
    double r4 = r2 * r2;
    double value = low + r4 * (middle + r4 * high);
    return value * Double.longBitsToDouble(((long) n + 1023) << 52);
  }
}
