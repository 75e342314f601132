package ferry.search.chance;

/** The standard normal distribution, the same to the last bit on every machine. */
public final class Normal {
  private static final double ROOT_TWO_PI = 2.5066282746310002;

  private Normal() {}

  /** The density at z. */
  public static double density(double z) {
    return StrictMath.exp(-0.5 * z * z) / ROOT_TWO_PI;
  }

  /**
   * The chance of a draw below z, to a relative error of about 10⁻¹⁵ in the tails too.
   *
   * <p>Cody: Rational Chebyshev approximations for the error function (1969), in the form of W. J.
   * West: Better approximations to cumulative normal functions (2005).
   */
  public static double cdf(double z) {
    double x = Math.abs(z);
    double tail = x > 38 ? 0 : StrictMath.exp(-0.5 * x * x) * factor(x);
    return z > 0 ? 1 - tail : tail;
  }

  /** The logarithm of {@link #cdf}, right far out in the lower tail. */
  public static double logCdf(double z) {
    if (z > -5) {
      return z > 5 ? StrictMath.log1p(-cdf(-z)) : StrictMath.log(cdf(z));
    }
    return -0.5 * z * z + StrictMath.log(factor(-z));
  }

  /** The chance of a draw below z over the density at z, for z to 30. */
  public static double ratio(double z) {
    return z <= 0 ? factor(-z) * ROOT_TWO_PI : cdf(z) / density(z);
  }

  /** {@code cdf(-x) · exp(x²/2)} for x not below zero. */
  static double factor(double x) {
    if (x < 7.07106781186547) {
      double above = 0.0352624965998911 * x + 0.700383064443688;
      above = above * x + 6.37396220353165;
      above = above * x + 33.912866078383;
      above = above * x + 112.079291497871;
      above = above * x + 221.213596169931;
      above = above * x + 220.206867912376;
      double below = 0.0883883476483184 * x + 1.75566716318264;
      below = below * x + 16.064177579207;
      below = below * x + 86.7807322029461;
      below = below * x + 296.564248779674;
      below = below * x + 637.333633378831;
      below = below * x + 793.826512519948;
      return above / (below * x + 440.413735824752);
    }
    double fraction = x;
    for (int k = 24; k > 0; k--) {
      fraction = x + k / fraction;
    }
    return 1 / fraction / ROOT_TWO_PI;
  }

  /**
   * The z below which a draw falls with chance p, for p in (0, 1); the infinities at the ends.
   *
   * <p>Wichura: Algorithm AS 241, Applied Statistics 37 (1988), PPND16.
   */
  public static double quantile(double p) {
    if (p <= 0 || p >= 1) {
      return p <= 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * quotient(r, MIDDLE_ABOVE, MIDDLE_BELOW);
    }
    double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
    double z =
        r <= 5 ? quotient(r - 1.6, NEAR_ABOVE, NEAR_BELOW) : quotient(r - 5, FAR_ABOVE, FAR_BELOW);
    return q < 0 ? -z : z;
  }

  /** A draw, by way of {@link #quantile}. */
  public static double draw(Chance chance) {
    return quantile(chance.uniform() * (1 - 0x1p-53) + 0x1p-54);
  }

  private static double quotient(double r, double[] above, double[] below) {
    double top = 0;
    double bottom = 0;
    for (int i = above.length - 1; i >= 0; i--) {
      top = top * r + above[i];
      bottom = bottom * r + below[i];
    }
    return top / bottom;
  }

  private static final double[] MIDDLE_ABOVE = {
    3.3871328727963665, 133.14166789178438, 1971.5909503065513,
    13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227
  };
  private static final double[] MIDDLE_BELOW = {
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854
  };
  private static final double[] NEAR_ABOVE = {
    1.4234371107496835, 4.630337846156546, 5.769497221460691,
    3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
    0.022723844989269184, 0.0007745450142783414
  };
  private static final double[] NEAR_BELOW = {
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-09
  };
  private static final double[] FAR_ABOVE = {
    6.657904643501103, 5.463784911164114, 1.7848265399172913,
    0.29656057182850487, 0.026532189526576124, 0.0012426609473880784,
    2.7115555687434876e-05, 2.0103343992922881e-07
  };
  private static final double[] FAR_BELOW = {
    1.0,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-05,
    1.421511758316446e-07,
    2.0442631033899397e-15
  };
}
