package ferry.search;

import ferry.search.chance.Exponential;
import ferry.search.space.Choice;
import ferry.search.space.Parameter;

/**
 * One parameter as a density sees it: a continuum from 0 to 1, or a few cells. Cells with an order
 * are the nearer the more alike; those without are all alike.
 */
final class Axis {
  /** With more values than this a parameter is a continuum, whose values are rounded. */
  private static final int MOST_CELLS = 24;

  private final double[] places;
  private final double[] edges;
  private final boolean ordered;
  private final boolean always;

  private Axis(double[] places, boolean ordered, boolean always) {
    this.places = places;
    this.ordered = ordered;
    this.always = always;
    edges = new double[places.length];
    for (int i = 0; i + 1 < places.length; i++) {
      edges[i] = (places[i] + places[i + 1]) / 2;
    }
    if (places.length > 0) {
      edges[places.length - 1] = 1;
    }
  }

  static Axis of(Parameter parameter) {
    var domain = parameter.domain();
    boolean always = parameter.condition().isEmpty();
    int size = domain.size().orElse(Integer.MAX_VALUE);
    if (!(domain instanceof Choice) && size > MOST_CELLS) {
      return new Axis(new double[0], true, always);
    }
    var places = new double[size];
    for (int i = 0; i < size; i++) {
      places[i] = (i + 0.5) / size;
    }
    if (!(domain instanceof Choice) && domain.grid().size() == size) {
      for (int i = 0; i < size; i++) {
        places[i] = domain.unit(domain.grid().get(i));
      }
    }
    return new Axis(places, !(domain instanceof Choice), always);
  }

  boolean continuous() {
    return places.length == 0;
  }

  /** Whether the parameter is there at every point. */
  boolean always() {
    return always;
  }

  /** How many cells; 0 for a continuum. */
  int cells() {
    return places.length;
  }

  boolean ordered() {
    return ordered;
  }

  /** The middle of a cell. */
  double place(int cell) {
    return places[cell];
  }

  /** The cell that a place lies in. */
  int cell(double place) {
    int cell = 0;
    while (cell < places.length - 1 && place >= edges[cell]) {
      cell++;
    }
    return cell;
  }

  /** The chance to be in a cell (second index) for a kernel in a cell (first) of a width. */
  double[][] kernel(double width) {
    int n = places.length;
    var table = new double[n][n];
    for (int a = 0; a < n; a++) {
      double sum = 0;
      for (int b = 0; b < n; b++) {
        table[a][b] = ordered ? near(a, b, width) : a == b ? 1 - width : width / Math.max(1, n - 1);
        sum += table[a][b];
      }
      for (int b = 0; b < n; b++) {
        table[a][b] /= sum;
      }
    }
    return table;
  }

  private double near(int a, int b, double width) {
    double z = (places[a] - places[b]) / width;
    double from = b == 0 ? 0 : edges[b - 1];
    return Exponential.exp(Math.max(-600, -0.5 * z * z)) * (edges[b] - from) + 1e-12;
  }
}
