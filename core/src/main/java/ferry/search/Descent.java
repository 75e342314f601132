package ferry.search;

import java.util.Arrays;

/**
 * Finds a low place of a smooth function within a box by the BFGS method, coordinates that press
 * against a bound held there.
 *
 * <p>Nocedal, Wright: Numerical Optimization, 2nd ed., chapters 6 and 16.7.
 */
final class Descent {
  private static final int HALVINGS = 12;
  private static final double FLAT = 1e-7;

  /** A function that also puts its gradient into an array. */
  @FunctionalInterface
  interface Smooth {
    double at(double[] x, double[] gradient);
  }

  private final Smooth function;
  private final double[] low;
  private final double[] high;
  private final int n;
  private final double[][] inverse;
  private double[] x;
  private double[] gradient;
  private double value;

  private Descent(Smooth function, double[] start, double[] low, double[] high) {
    this.function = function;
    this.low = low;
    this.high = high;
    n = start.length;
    x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = Math.clamp(start[i], low[i], high[i]);
    }
    gradient = new double[n];
    value = function.at(x, gradient);
    inverse = new double[n][n];
  }

  /** Where at most so many steps from the start lead. */
  static double[] from(double[] start, double[] low, double[] high, int steps, Smooth function) {
    var descent = new Descent(function, start, low, high);
    descent.reset();
    for (int i = 0; i < steps && descent.step(); i++) {}
    return descent.x;
  }

  private void reset() {
    double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
    for (int i = 0; i < n; i++) {
      Arrays.fill(inverse[i], 0);
      inverse[i][i] = norm > 0 ? Math.min(1, 0.1 * Math.sqrt(n) / norm) : 1;
    }
  }

  private boolean held(int i) {
    return x[i] <= low[i] && gradient[i] > 0 || x[i] >= high[i] && gradient[i] < 0;
  }

  /** One step down; false where there is none worth taking. */
  private boolean step() {
    var direction = direction();
    double slope = 0;
    for (int i = 0; i < n; i++) {
      slope += direction[i] * gradient[i];
    }
    if (!(slope < -FLAT)) {
      return false;
    }
    double length = 1;
    for (int halving = 0; halving < HALVINGS; halving++) {
      var next = new double[n];
      var nextGradient = new double[n];
      for (int i = 0; i < n; i++) {
        next[i] = Math.clamp(x[i] + length * direction[i], low[i], high[i]);
      }
      double nextValue = function.at(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) {
        boolean far = value - nextValue > FLAT;
        accept(next, nextGradient, nextValue);
        return far;
      }
      length *= halving < 3 ? 0.4 : 0.15;
    }
    return false;
  }

  private double[] direction() {
    var direction = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n && !held(i); j++) {
        direction[i] -= held(j) ? 0 : inverse[i][j] * gradient[j];
      }
    }
    return direction;
  }

  private void accept(double[] next, double[] nextGradient, double nextValue) {
    var s = new double[n];
    var y = new double[n];
    double sy = 0;
    for (int i = 0; i < n; i++) {
      s[i] = next[i] - x[i];
      y[i] = nextGradient[i] - gradient[i];
      sy += s[i] * y[i];
    }
    x = next;
    gradient = nextGradient;
    value = nextValue;
    if (sy > 1e-12) {
      update(s, y, sy);
    } else {
      reset();
    }
  }

  private void update(double[] s, double[] y, double sy) {
    var hy = new double[n];
    double yhy = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        hy[i] += inverse[i][j] * y[j];
      }
      yhy += y[i] * hy[i];
    }
    double scale = (1 + yhy / sy) / sy;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        inverse[i][j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
      }
    }
  }
}
