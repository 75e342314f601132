package ferry.search;

/**
 * The square roots of a symmetric positive matrix's eigenvalues, and its eigenvectors, by Jacobi's
 * rotations.
 *
 * <p>Golub, Van Loan: Matrix Computations, 4th ed., section 8.5.
 */
final class Eigen {
  private static final int SWEEPS = 30;

  private final double[] roots;
  private final double[][] vectors;

  private Eigen(double[] roots, double[][] vectors) {
    this.roots = roots;
    this.vectors = vectors;
  }

  static Eigen of(double[][] matrix) {
    int n = matrix.length;
    var a = new double[n][];
    var vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS && rest(a) > 0; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, vectors, p, q);
        }
      }
    }
    var roots = new double[n];
    for (int i = 0; i < n; i++) {
      roots[i] = Math.sqrt(Math.max(a[i][i], 1e-20));
    }
    return new Eigen(roots, vectors);
  }

  private static double rest(double[][] a) {
    double off = 0;
    double on = 0;
    for (int i = 0; i < a.length; i++) {
      on += Math.abs(a[i][i]);
      for (int j = 0; j < i; j++) {
        off += Math.abs(a[i][j]);
      }
    }
    return off > 1e-14 * on ? off : 0;
  }

  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    if (Math.abs(a[p][q]) < 1e-300) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double akp = a[k][p];
      double akq = a[k][q];
      a[k][p] = c * akp - s * akq;
      a[k][q] = s * akp + c * akq;
    }
    for (int k = 0; k < a.length; k++) {
      double apk = a[p][k];
      double aqk = a[q][k];
      a[p][k] = c * apk - s * aqk;
      a[q][k] = s * apk + c * aqk;
      double vp = vectors[k][p];
      double vq = vectors[k][q];
      vectors[k][p] = c * vp - s * vq;
      vectors[k][q] = s * vp + c * vq;
    }
  }

  /** B·D·z: standard normal numbers become correlated. */
  double[] stretch(double[] z) {
    var out = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      for (int k = 0; k < z.length; k++) {
        out[i] += vectors[i][k] * roots[k] * z[k];
      }
    }
    return out;
  }

  /** B·D⁻¹·Bᵀ·y: the other way, without turning. */
  double[] whiten(double[] y) {
    int n = y.length;
    var inner = new double[n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        inner[k] += vectors[i][k] * y[i];
      }
      inner[k] /= roots[k];
    }
    var out = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        out[i] += vectors[i][k] * inner[k];
      }
    }
    return out;
  }
}
