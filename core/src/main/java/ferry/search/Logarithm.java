package ferry.search;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The natural logarithm, rightly rounded. Where a quotient of two is cut to a whole number, the
 * last bit decides: ln 243 / ln 3 is a little less than 5, and libraries differ in whether they see
 * it.
 */
final class Logarithm {
  private static final MathContext DIGITS = new MathContext(40);
  private static final int TERMS = 60;

  private Logarithm() {}

  /** For finite numbers above 0. */
  static double of(double number) {
    int exponent = Math.getExponent(number);
    var mantissa = new BigDecimal(number).divide(BigDecimal.TWO.pow(exponent, DIGITS), DIGITS);
    var twos = series(BigDecimal.TWO).multiply(BigDecimal.valueOf(exponent));
    return series(mantissa).add(twos, DIGITS).doubleValue();
  }

  /** 2 · (z + z³/3 + z⁵/5 + …) with z = (x − 1) / (x + 1), for x from 1 to 2. */
  private static BigDecimal series(BigDecimal x) {
    var z = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), DIGITS);
    var square = z.multiply(z, DIGITS);
    var power = z;
    var sum = BigDecimal.ZERO;
    for (int k = 0; k < TERMS; k++) {
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), DIGITS));
      power = power.multiply(square, DIGITS);
    }
    return sum.multiply(BigDecimal.TWO, DIGITS);
  }
}
