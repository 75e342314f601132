package ferry.search;

import java.util.ArrayList;
import java.util.List;

/** The normal distribution that an evolution strategy moves and shapes; names are Hansen's. */
final class Evolution {
  private static final double SMALLEST = 1e-12;

  private final int n;
  private final int lambda;
  private final double[] weights;
  private final double muEff;
  private double[] mean;
  private double sigma;
  private final double[] pathSigma;
  private final double[] pathC;
  private final double[][] c;
  private Eigen eigen;
  private int generation;

  private Evolution(double[] mean, double sigma) {
    this.mean = mean.clone();
    this.sigma = sigma;
    n = mean.length;
    lambda = 4 + (int) (3 * StrictMath.log(n));
    weights = weights(lambda);
    double squares = 0;
    for (double weight : weights) {
      squares += weight * weight;
    }
    muEff = 1 / squares;
    pathSigma = new double[n];
    pathC = new double[n];
    c = new double[n][n];
    for (int i = 0; i < n; i++) {
      c[i][i] = 1;
    }
    eigen = Eigen.of(c);
  }

  static Evolution at(double[] mean, double sigma) {
    return new Evolution(mean, sigma);
  }

  /** How many results make a generation. */
  int generation() {
    return lambda;
  }

  private static double[] weights(int lambda) {
    var weights = new double[lambda / 2];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.log((lambda + 1) / 2.0) - StrictMath.log(i + 1.0);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** The place that standard normal numbers become. */
  double[] draw(double[] z) {
    var place = eigen.stretch(z);
    for (int i = 0; i < n; i++) {
      place[i] = mean[i] + sigma * place[i];
    }
    return place;
  }

  /** Moves and shapes itself by a generation's places, best first. */
  void learn(List<double[]> best) {
    generation++;
    var steps = new ArrayList<double[]>();
    var shift = new double[n];
    for (int k = 0; k < weights.length; k++) {
      var step = new double[n];
      for (int i = 0; i < n; i++) {
        step[i] = (best.get(k)[i] - mean[i]) / sigma;
        shift[i] += weights[k] * step[i];
      }
      steps.add(step);
    }
    for (int i = 0; i < n; i++) {
      mean[i] += sigma * shift[i];
    }
    double cSigma = (muEff + 2) / (n + muEff + 5);
    double length = movePaths(shift, cSigma);
    shape(steps, length < (1.4 + 2 / (n + 1.0)) * expected());
    double damping = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma;
    sigma *= StrictMath.exp(Math.min(1, cSigma / damping * (pathLength() / expected() - 1)));
    sigma = Math.clamp(sigma, SMALLEST, 1);
    eigen = Eigen.of(c);
  }

  private double expected() {
    return Math.sqrt(n) * (1 - 1.0 / (4 * n) + 1.0 / (21.0 * n * n));
  }

  private double pathLength() {
    return Math.sqrt(Cholesky.dot(pathSigma, pathSigma, n));
  }

  private double movePaths(double[] shift, double cSigma) {
    var white = eigen.whiten(shift);
    double factor = Math.sqrt(cSigma * (2 - cSigma) * muEff);
    for (int i = 0; i < n; i++) {
      pathSigma[i] = (1 - cSigma) * pathSigma[i] + factor * white[i];
    }
    double length = pathLength() / Math.sqrt(1 - StrictMath.pow(1 - cSigma, 2.0 * generation));
    boolean still = length < (1.4 + 2 / (n + 1.0)) * expected();
    double cc = (4 + muEff / n) / (n + 4 + 2 * muEff / n);
    double into = still ? Math.sqrt(cc * (2 - cc) * muEff) : 0;
    for (int i = 0; i < n; i++) {
      pathC[i] = (1 - cc) * pathC[i] + into * shift[i];
    }
    return length;
  }

  private void shape(List<double[]> steps, boolean still) {
    double cc = (4 + muEff / n) / (n + 4 + 2 * muEff / n);
    double c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff);
    double cMu = Math.min(1 - c1, 2 * (muEff - 2 + 1 / muEff) / ((n + 2.0) * (n + 2) + muEff));
    double kept = 1 - c1 - cMu + (still ? 0 : c1 * cc * (2 - cc));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = kept * c[i][j] + c1 * pathC[i] * pathC[j];
        for (int k = 0; k < weights.length; k++) {
          sum += cMu * weights[k] * steps.get(k)[i] * steps.get(k)[j];
        }
        c[i][j] = sum;
        c[j][i] = sum;
      }
    }
  }

  /** All numbers in a row: mean, step, both paths, the matrix, and the generation. */
  List<Object> state() {
    var state = new ArrayList<Object>();
    add(state, mean);
    state.add(sigma);
    add(state, pathSigma);
    add(state, pathC);
    for (var row : c) {
      add(state, row);
    }
    state.add((double) generation);
    return state;
  }

  private static void add(List<Object> state, double[] numbers) {
    for (double number : numbers) {
      state.add(number);
    }
  }

  static Evolution restored(int n, List<Object> state) {
    var numbers = state.stream().mapToDouble(Snapshot::real).iterator();
    var mean = new double[n];
    fill(mean, numbers);
    var evolution = new Evolution(mean, numbers.nextDouble());
    fill(evolution.pathSigma, numbers);
    fill(evolution.pathC, numbers);
    for (var row : evolution.c) {
      fill(row, numbers);
    }
    evolution.generation = (int) numbers.nextDouble();
    evolution.eigen = Eigen.of(evolution.c);
    return evolution;
  }

  private static void fill(double[] target, java.util.PrimitiveIterator.OfDouble numbers) {
    for (int i = 0; i < target.length; i++) {
      target[i] = numbers.nextDouble();
    }
  }
}
