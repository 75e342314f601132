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

  private static final int GRID = 128;

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
    Arrays.fill(logs, count > 0 ? StrictMath.log(weights[0]) : 0);
    for (int k = 1; k < count; k++) {
      logs[k] = weights[k] == weights[0] ? logs[0] : StrictMath.log(weights[k]);
    }
    double[] mass = new double[0];
    for (int j = 0; j < axes.length; j++) {
      if (axes[j].continuous()) {
        mass = mass.length > 0 && widths[j] == widths[j - 1] ? mass : masses(widths[j]);
        for (int k = 0; k < count; k++) {
          double x = columns[j][from + k];
          logs[k] -= Double.isNaN(x) ? 0 : between(mass, x);
        }
      }
    }
    return logs;
  }

  /**
   * For kernels all over the range, the logarithm of what they weigh before they are cut at its
   * ends.
   */
  private static double[] masses(double width) {
    var masses = new double[GRID + 1];
    double peak = StrictMath.log(width * 2.5066282746310002);
    for (int i = 0; i <= GRID / 2; i++) {
      double x = (double) i / GRID;
      double inside = Normal.cdf((1 - x) / width) - Normal.cdf(-x / width);
      masses[i] = peak + StrictMath.log(inside);
      masses[GRID - i] = masses[i];
    }
    return masses;
  }

  private static double between(double[] masses, double x) {
    int cell = Math.min((int) (x * GRID), GRID - 1);
    double part = x * GRID - cell;
    return masses[cell] + part * (masses[cell + 1] - masses[cell]);
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
        if (axes[j].continuous() && axes[j].always()) {
          addAlways(scratch, columns[j], place[j], Math.sqrt(0.5) / widths[j]);
        } else if (axes[j].continuous()) {
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

  private void addAlways(double[] sums, double[] column, double x, double scale) {
    for (int k = 0; k < count; k++) {
      double z = (column[from + k] - x) * scale;
      sums[k] -= z * z;
    }
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
