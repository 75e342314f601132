package ferry.search;

import java.util.Arrays;

/** Losses made fit for a Gaussian process. */
final class Losses {
  /** From so many times the median on losses are drawn together. */
  private static final double BEND = 2;

  private Losses() {}

  /**
   * Losses of mean 0 and variance 1 in the same order: those above the median are drawn together by
   * a logarithm, so that a few very bad ones do not hide the differences among the good; infinite
   * ones are as the worst.
   */
  static double[] even(double[] losses) {
    var sorted = Arrays.stream(losses).filter(Double::isFinite).sorted().toArray();
    double least = sorted[0];
    double worst = sorted[sorted.length - 1];
    double middle = sorted[sorted.length / 2] - least;
    double unit = middle > 0 ? middle : Math.max(worst - least, 1e-300);
    var even = new double[losses.length];
    for (int i = 0; i < even.length; i++) {
      double z = (Math.min(losses[i], worst) - least) / unit;
      even[i] = z <= BEND ? z : BEND * (1 + StrictMath.log(z / BEND));
    }
    double mean = Arrays.stream(even).average().orElse(0);
    double variance = Arrays.stream(even).map(z -> (z - mean) * (z - mean)).average().orElse(0);
    double scale = variance > 0 ? 1 / Math.sqrt(variance) : 1;
    return Arrays.stream(even).map(z -> (z - mean) * scale).toArray();
  }
}
