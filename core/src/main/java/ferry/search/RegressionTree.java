package ferry.search;

import ferry.search.chance.Chance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A tree that foretells a value from a place: at each node a third of the coordinates are tried.
 */
final class RegressionTree {
  private static final int SMALLEST = 4;

  private final int coordinate;
  private final double border;
  private final double value;
  private final RegressionTree[] children;

  private RegressionTree(int coordinate, double border, double value, RegressionTree... children) {
    this.coordinate = coordinate;
    this.border = border;
    this.value = value;
    this.children = children;
  }

  /** A tree grown on a sample of the places; an index may come several times. */
  static RegressionTree grown(double[][] places, double[] values, int[] sample, Chance chance) {
    double mean = Arrays.stream(sample).mapToDouble(i -> values[i]).average().orElse(0);
    var split = sample.length < SMALLEST ? Split.NONE : Split.best(places, values, sample, chance);
    if (split.coordinate() < 0) {
      return new RegressionTree(-1, 0, mean);
    }
    var left =
        Arrays.stream(sample)
            .filter(i -> places[i][split.coordinate()] <= split.border())
            .toArray();
    var right =
        Arrays.stream(sample).filter(i -> places[i][split.coordinate()] > split.border()).toArray();
    return new RegressionTree(
        split.coordinate(),
        split.border(),
        mean,
        grown(places, values, left, chance),
        grown(places, values, right, chance));
  }

  double at(double[] place) {
    if (children.length == 0) {
      return value;
    }
    return children[place[coordinate] <= border ? 0 : 1].at(place);
  }

  private record Split(int coordinate, double border, double gain) {
    static final Split NONE = new Split(-1, 0, 1e-12);

    static Split best(double[][] places, double[] values, int[] sample, Chance chance) {
      int dimension = places[0].length;
      var best = NONE;
      for (int tried = 0;
          tried < Math.max(1, (dimension + 2) / 3)
              || best.coordinate() < 0 && tried < 2 * dimension;
          tried++) {
        var split = along((int) chance.below(dimension), places, values, sample);
        best = split.gain() > best.gain() ? split : best;
      }
      return best;
    }

    private static Split along(int j, double[][] places, double[] values, int[] sample) {
      var order =
          IntStream.of(sample)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> places[i][j]))
              .mapToInt(i -> i)
              .toArray();
      double sum = Arrays.stream(order).mapToDouble(i -> values[i]).sum();
      int n = order.length;
      var best = NONE;
      double left = 0;
      for (int k = 1; k < n; k++) {
        left += values[order[k - 1]];
        double below = places[order[k - 1]][j];
        double above = places[order[k]][j];
        double gain = left * left / k + (sum - left) * (sum - left) / (n - k) - sum * sum / n;
        if (below < above && gain > best.gain()) {
          best = new Split(j, (below + above) / 2, gain);
        }
      }
      return best;
    }
  }
}
