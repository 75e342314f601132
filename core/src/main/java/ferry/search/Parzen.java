package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.chance.Exponential;
import ferry.search.chance.Normal;
import java.util.Arrays;

/**
 * A density over the unit cube: a mixture of kernels, one about each of some samples, and one that
 * is even over the whole. A kernel is a product over the parameters: a normal distribution cut at
 * the ends, or a table of cells; where a sample lacks a parameter its kernel is even there.
 */
final class Parzen {
  /** Kernels that add less than e⁻³⁰ of the greatest are left out. */
  private static final double NEGLIGIBLE = 30;

  private final Axis[] axes;
  private final double[][] columns;
  private final int from;
  private final int count;
  private final double[] widths;
  private final double[] logWeights;
  private final double[] weights;
  private final double[][][] tables;
  private final double[][][] logTables;
  private final double logPrior;

  /**
   * @param columns coordinates of samples, of which {@code count} beginning at {@code from} count
   * @param weights of the kernels; with the even kernel's they come to 1
   * @param prior the even kernel's weight
   */
  Parzen(
      Axis[] axes,
      double[][] columns,
      int from,
      int count,
      double[] widths,
      double[] weights,
      double prior) {
    this.axes = axes;
    this.columns = columns;
    this.from = from;
    this.count = count;
    this.widths = widths;
    this.weights = weights;
    logPrior = StrictMath.log(prior);
    tables = new double[axes.length][][];
    logTables = new double[axes.length][][];
    for (int j = 0; j < axes.length; j++) {
      if (!axes[j].continuous()) {
        tables[j] = axes[j].kernel(widths[j]);
        logTables[j] = logs(tables[j], axes[j]);
      }
    }
    logWeights = logWeights();
  }

  /** Relative to an even density: the logarithm of how many times as likely. */
  private static double[][] logs(double[][] table, Axis axis) {
    var logs = new double[table.length][];
    for (int a = 0; a < table.length; a++) {
      logs[a] = Arrays.stream(table[a]).map(p -> StrictMath.log(p * axis.cells())).toArray();
    }
    return logs;
  }

  private double[] logWeights() {
    var logs = new double[count];
    for (int k = 0; k < count; k++) {
      double norm = 1;
      for (int j = 0; j < axes.length; j++) {
        double x = columns[j][from + k];
        if (axes[j].continuous() && !Double.isNaN(x)) {
          norm *=
              widths[j]
                  * 2.5066282746310002
                  * (Normal.cdf((1 - x) / widths[j]) - Normal.cdf(-x / widths[j]));
        }
      }
      logs[k] = StrictMath.log(weights[k] / norm);
    }
    return logs;
  }

  /** A place drawn from the density; every coordinate is there. */
  double[] draw(Chance chance) {
    double left = chance.uniform();
    int kernel = 0;
    while (kernel < count && left >= weights[kernel]) {
      left -= weights[kernel++];
    }
    var place = new double[axes.length];
    for (int j = 0; j < place.length; j++) {
      double centre = kernel < count ? columns[j][from + kernel] : Double.NaN;
      place[j] = Double.isNaN(centre) ? even(j, chance) : about(j, centre, chance);
    }
    return place;
  }

  private double even(int axis, Chance chance) {
    return axes[axis].continuous()
        ? chance.uniform()
        : axes[axis].place((int) chance.below(axes[axis].cells()));
  }

  private double about(int j, double centre, Chance chance) {
    if (axes[j].continuous()) {
      double low = Normal.cdf(-centre / widths[j]);
      double high = Normal.cdf((1 - centre) / widths[j]);
      double z = Normal.quantile(low + (high - low) * chance.uniform());
      return Math.clamp(centre + widths[j] * z, 0, 1);
    }
    var row = tables[j][axes[j].cell(centre)];
    double left = chance.uniform();
    int cell = 0;
    while (cell < row.length - 1 && left >= row[cell]) {
      left -= row[cell++];
    }
    return axes[j].place(cell);
  }

  /** The logarithm of the density at a place, in which coordinates that are not there are NaN. */
  double logDensity(double[] place, double[] scratch) {
    System.arraycopy(logWeights, 0, scratch, 0, count);
    for (int j = 0; j < axes.length; j++) {
      if (!Double.isNaN(place[j])) {
        if (axes[j].continuous()) {
          addContinuous(scratch, columns[j], place[j], 1 / widths[j]);
        } else {
          addCells(scratch, j, place[j]);
        }
      }
    }
    double most = logPrior;
    for (int k = 0; k < count; k++) {
      most = Math.max(most, scratch[k]);
    }
    double sum = Exponential.exp(logPrior - most);
    for (int k = 0; k < count; k++) {
      double below = scratch[k] - most;
      if (below > -NEGLIGIBLE) {
        sum += Exponential.exp(below);
      }
    }
    return most + StrictMath.log(sum);
  }

  private void addContinuous(double[] sums, double[] column, double x, double scale) {
    for (int k = 0; k < count; k++) {
      double z = (column[from + k] - x) * scale;
      sums[k] -= !Double.isNaN(z) ? 0.5 * z * z : 0;
    }
  }

  private void addCells(double[] sums, int j, double x) {
    int cell = axes[j].cell(x);
    for (int k = 0; k < count; k++) {
      double centre = columns[j][from + k];
      if (!Double.isNaN(centre)) {
        sums[k] += logTables[j][axes[j].cell(centre)][cell];
      }
    }
  }
}
