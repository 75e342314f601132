package ferry.search;

import java.util.Arrays;

/**
 * The lower triangle L with L·Lᵀ of a symmetric positive matrix. Rows can be added one by one, at
 * the cost of the square of their number.
 */
final class Cholesky {
  private static final double LEAST_PIVOT = 1e-10;

  private double[][] rows = new double[16][];
  private int size;

  int size() {
    return size;
  }

  /** Takes rows off the end. */
  void truncate(int to) {
    size = Math.min(size, to);
  }

  /** Adds a row of the matrix: its part left of the diagonal, and the diagonal itself. */
  void add(double[] left, double diagonal) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size * 2);
    }
    var row = Arrays.copyOf(left, size + 1);
    forward(row, size);
    double pivot = diagonal;
    for (int i = 0; i < size; i++) {
      pivot -= row[i] * row[i];
    }
    row[size] = Math.sqrt(Math.max(pivot, LEAST_PIVOT));
    rows[size++] = row;
  }

  /** Turns b into L⁻¹·b. */
  void forward(double[] b) {
    forward(b, size);
  }

  private void forward(double[] b, int n) {
    for (int i = 0; i < n; i++) {
      var row = rows[i];
      b[i] = (b[i] - dot(row, b, i)) / row[i];
    }
  }

  /** Four sums side by side: the same order of additions everywhere. */
  static double dot(double[] a, double[] b, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** Turns b into L⁻ᵀ·b. */
  void backward(double[] b) {
    for (int i = size - 1; i >= 0; i--) {
      var row = rows[i];
      double value = b[i] / row[i];
      b[i] = value;
      for (int j = 0; j < i; j++) {
        b[j] -= row[j] * value;
      }
    }
  }

  /** The sum of the logarithms of L's diagonal: half the logarithm of the determinant. */
  double logDiagonal() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += StrictMath.log(rows[i][i]);
    }
    return sum;
  }

  /** The inverse of the matrix, symmetric. */
  double[][] inverse() {
    var lower = lowerInverse();
    var inverse = new double[size][size];
    for (int k = 0; k < size; k++) {
      var row = lower[k];
      for (int i = 0; i <= k; i++) {
        double factor = row[i];
        var target = inverse[i];
        for (int j = 0; j <= i; j++) {
          target[j] += factor * row[j];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        inverse[j][i] = inverse[i][j];
      }
    }
    return inverse;
  }

  private double[][] lowerInverse() {
    var lower = new double[size][];
    for (int i = 0; i < size; i++) {
      var row = new double[i + 1];
      for (int k = 0; k < i; k++) {
        double factor = rows[i][k];
        var above = lower[k];
        for (int j = 0; j <= k; j++) {
          row[j] -= factor * above[j];
        }
      }
      row[i] = 1;
      double pivot = 1 / rows[i][i];
      for (int j = 0; j <= i; j++) {
        row[j] *= pivot;
      }
      lower[i] = row;
    }
    return lower;
  }
}
