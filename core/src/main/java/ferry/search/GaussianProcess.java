package ferry.search;

import ferry.search.chance.Exponential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Gaussian process over the unit cube with the Matérn 5/2 kernel, one length scale a dimension.
 * Dimensions without an order count as one apart wherever they differ.
 *
 * <p>Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006, chapters 2 and 5. The
 * prior of the length scales, shorter and narrower here, grows with the dimension, after Hvarfner,
 * Hellsten, Nardi: Vanilla Bayesian Optimization Performs Great in High Dimensions, ICML 2024.
 */
final class GaussianProcess {
  private static final double ROOT_FIVE = 2.23606797749979;
  private static final double LENGTH_SPREAD = 0.7;
  private static final double NOISE_MIDDLE = StrictMath.log(1e-4);
  private static final double NOISE_SPREAD = 2;

  private final boolean[] ordered;
  private final int dimension;

  /** Logarithms: length scales, then the signal's variance, then the noise's. */
  private double[] logs;

  private double[] inverseSquares = new double[0];
  private double signal;
  private double noise;
  private final List<double[]> xs = new ArrayList<>();
  private double[] weights = new double[0];
  private Cholesky factor = new Cholesky();
  private double[] ys = new double[0];

  GaussianProcess(boolean[] ordered) {
    this.ordered = ordered.clone();
    dimension = ordered.length;
    logs = new double[dimension + 2];
    Arrays.fill(logs, 0, dimension, middleLength() - 1);
    logs[dimension + 1] = NOISE_MIDDLE;
    settle();
  }

  /** The logarithms of length scales, signal and noise. */
  double[] logs() {
    return logs.clone();
  }

  void setLogs(double[] values) {
    logs = values.clone();
    settle();
  }

  private double middleLength() {
    return Math.sqrt(2) + 0.5 * StrictMath.log(dimension) - 2;
  }

  private void settle() {
    inverseSquares = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      inverseSquares[j] = StrictMath.exp(-2 * logs[j]);
    }
    signal = StrictMath.exp(logs[dimension]);
    noise = StrictMath.exp(logs[dimension + 1]) + 1e-8;
  }

  /** Takes points and their values, of mean 0 and variance 1, in place of all others. */
  void learn(List<double[]> points, double[] values) {
    xs.clear();
    xs.addAll(points);
    ys = values.clone();
    factor = factor(xs);
    solve();
  }

  /** Adds a point as if what is expected there had been seen. */
  void believe(double[] point) {
    double mean = mean(kernels(point));
    factor.add(kernels(point), signal + noise);
    xs.add(point);
    ys = Arrays.copyOf(ys, xs.size());
    ys[xs.size() - 1] = mean;
    solve();
  }

  private void solve() {
    weights = ys.clone();
    factor.forward(weights);
    factor.backward(weights);
  }

  private Cholesky factor(List<double[]> points) {
    var made = new Cholesky();
    for (int i = 0; i < points.size(); i++) {
      var row = new double[i + 1];
      for (int j = 0; j < i; j++) {
        row[j] = signal * matern(distance(points.get(i), points.get(j)));
      }
      made.add(row, signal + noise);
    }
    return made;
  }

  /** The squared distance in length scales. */
  private double distance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      double apart = a[j] - b[j];
      sum += (ordered[j] ? apart * apart : apart == 0 ? 0 : 1) * inverseSquares[j];
    }
    return sum;
  }

  private static double matern(double square) {
    double r = ROOT_FIVE * Math.sqrt(square);
    return (1 + r + r * r / 3) * Exponential.exp(-r);
  }

  /** The kernel's derivative by the squared distance. */
  private static double slope(double square) {
    double r = ROOT_FIVE * Math.sqrt(square);
    return -5.0 / 6 * (1 + r) * Exponential.exp(-r);
  }

  double[] kernels(double[] point) {
    var kernels = new double[xs.size()];
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = signal * matern(distance(point, xs.get(i)));
    }
    return kernels;
  }

  double mean(double[] kernels) {
    return Cholesky.dot(kernels, weights, kernels.length);
  }

  /** The variance of the function itself; {@code kernels} becomes L⁻¹·kernels. */
  double variance(double[] kernels) {
    factor.forward(kernels);
    return Math.max(1e-12, signal - Cholesky.dot(kernels, kernels, kernels.length));
  }

  /** The gradients of mean and variance at a point; {@code half} is what variance left. */
  void gradients(double[] point, double[] half, double[] ofMean, double[] ofVariance) {
    var full = half.clone();
    factor.backward(full);
    for (int i = 0; i < full.length; i++) {
      var x = xs.get(i);
      double slope = 2 * signal * slope(distance(point, x));
      for (int j = 0; j < dimension; j++) {
        if (ordered[j]) {
          double change = slope * (point[j] - x[j]) * inverseSquares[j];
          ofMean[j] += weights[i] * change;
          ofVariance[j] -= 2 * full[i] * change;
        }
      }
    }
  }

  /**
   * Moves length scales, signal and noise to where they are likeliest, in at most so many steps.
   */
  void fit(List<double[]> points, double[] values, int steps) {
    int n = dimension + 2;
    var low = new double[n];
    var high = new double[n];
    Arrays.fill(low, 0, dimension, StrictMath.log(0.02));
    Arrays.fill(high, 0, dimension, StrictMath.log(50));
    low[dimension] = StrictMath.log(0.05);
    high[dimension] = StrictMath.log(50);
    low[dimension + 1] = StrictMath.log(1e-7);
    high[dimension + 1] = StrictMath.log(1);
    setLogs(
        Descent.from(
            logs, low, high, steps, (x, gradient) -> unlikelihood(x, gradient, points, values)));
  }

  /** Minus the logarithm of the posterior density, and its gradient. */
  private double unlikelihood(
      double[] at, double[] gradient, List<double[]> points, double[] values) {
    setLogs(at);
    int n = points.size();
    var cholesky = factor(points);
    var alpha = values.clone();
    cholesky.forward(alpha);
    double fit = 0.5 * Cholesky.dot(alpha, alpha, n) + cholesky.logDiagonal();
    cholesky.backward(alpha);
    var inverse = cholesky.inverse();
    double trace = 0;
    for (int i = 0; i < n; i++) {
      var a = points.get(i);
      double outer = 0.5 * (inverse[i][i] - alpha[i] * alpha[i]);
      trace += outer;
      gradient[dimension] += outer * signal;
      for (int j = 0; j < i; j++) {
        double both = inverse[i][j] - alpha[i] * alpha[j];
        pair(gradient, both, a, points.get(j));
      }
    }
    gradient[dimension + 1] += trace * (noise - 1e-8);
    return fit + prior(at, gradient);
  }

  private void pair(double[] gradient, double both, double[] a, double[] b) {
    double square = distance(a, b);
    double r = ROOT_FIVE * Math.sqrt(square);
    double e = signal * Exponential.exp(-r);
    gradient[dimension] += both * (1 + r + r * r / 3) * e;
    double slope = both * -5.0 / 6 * (1 + r) * e * -2;
    for (int k = 0; k < dimension; k++) {
      double apart = a[k] - b[k];
      gradient[k] += slope * (ordered[k] ? apart * apart : apart == 0 ? 0 : 1) * inverseSquares[k];
    }
  }

  private double prior(double[] at, double[] gradient) {
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      sum += normal(at, gradient, j, middleLength(), LENGTH_SPREAD);
    }
    return sum
        + normal(at, gradient, dimension, 0, 1)
        + normal(at, gradient, dimension + 1, NOISE_MIDDLE, NOISE_SPREAD);
  }

  private static double normal(
      double[] at, double[] gradient, int i, double middle, double spread) {
    double z = (at[i] - middle) / spread;
    gradient[i] += z / spread;
    return 0.5 * z * z;
  }
}
