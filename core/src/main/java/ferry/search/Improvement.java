package ferry.search;

import ferry.search.chance.Normal;

/** The logarithm of the expected improvement upon a value, and which way it grows. */
final class Improvement {
  private static final double ROOT_TWO_PI = 2.5066282746310002;
  private static final double FAR = -30;

  private final GaussianProcess process;
  private final double best;

  Improvement(GaussianProcess process, double best) {
    this.process = process;
    this.best = best;
  }

  double log(double[] place) {
    var kernels = process.kernels(place);
    double mean = process.mean(kernels);
    double deviation = Math.sqrt(process.variance(kernels));
    return StrictMath.log(deviation) + logOf((best - mean) / deviation);
  }

  /** Minus the logarithm, with its gradient, for a descent. */
  double descent(double[] place, double[] gradient) {
    var kernels = process.kernels(place);
    double mean = process.mean(kernels);
    double variance = process.variance(kernels);
    double deviation = Math.sqrt(variance);
    double z = (best - mean) / deviation;
    var ofMean = new double[place.length];
    var ofVariance = new double[place.length];
    process.gradients(place, kernels, ofMean, ofVariance);
    double tail = tail(z);
    double below = rest(z, tail);
    for (int j = 0; j < place.length; j++) {
      double ofDeviation = ofVariance[j] / (2 * deviation);
      gradient[j] = -(ofDeviation - ofMean[j] * tail) / (deviation * below);
    }
    return -(StrictMath.log(deviation) + logOf(z));
  }

  /** The logarithm of φ(z) + z·Φ(z). */
  private static double logOf(double z) {
    return -0.5 * z * z - StrictMath.log(ROOT_TWO_PI) + StrictMath.log(rest(z, tail(z)));
  }

  /** Φ(z) / φ(z). */
  private static double tail(double z) {
    return z > 30 ? ROOT_TWO_PI * StrictMath.exp(Math.min(700, 0.5 * z * z)) : Normal.ratio(z);
  }

  /** 1 + z·Φ(z) / φ(z), which is 1/z² far below. */
  private static double rest(double z, double tail) {
    double square = z * z;
    return z < FAR
        ? (1 - 3 / square + 15 / (square * square)) / square
        : Math.max(1 + z * tail, 1e-300);
  }
}
