package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.chance.Sobol;
import ferry.search.chance.Stream;
import ferry.search.space.Point;
import ferry.search.space.Space;
import java.util.Arrays;
import java.util.Optional;

/**
 * The tree-structured Parzen estimator, over all parameters together: of some points drawn from the
 * density of the best samples, the one that is likeliest under it and unlikeliest under the density
 * of the rest. Trials that are still running count among the rest (a constant liar), so that
 * parallel trials keep apart.
 *
 * <p>Bergstra, Bardenet, Bengio, Kégl: Algorithms for Hyper-Parameter Optimization, NIPS 2011.
 * Falkner, Klein, Hutter: BOHB: Robust and Efficient Hyperparameter Optimization at Scale, ICML
 * 2018 (the share of points chosen blindly). Watanabe: Tree-Structured Parzen Estimator:
 * Understanding Its Algorithm Components (2023).
 */
final class TpeSampler implements Sampler {
  private static final int STARTUP = 8;
  private static final int CANDIDATES = 32;

  /** The share of samples that are the best. */
  private static final double BEST = 0.1;

  private static final int MOST_BEST = 25;

  /**
   * The share of points, where the weak are stopped early, that are chosen as if nothing were
   * known: the first trials are trained long because there is nobody to compare them with, and
   * would draw all others near them.
   */
  private static final double BLIND = 1.0 / 3;

  /** Widths of kernels as parts of a parameter's range, for one sample. */
  private static final double WIDTH = 0.12;

  private static final double NARROWEST = 0.01;
  private static final double WIDEST = 0.3;

  /** How likely a kernel is to leave its value where values have no order. */
  private static final double LEAK = 0.2;

  private final long seed;
  private final Axis[] axes;
  private final Sobol sobol;
  private final Ranking ranking;
  private final boolean isPaced;
  private final Untried untried;
  private double[] scratch = new double[64];

  TpeSampler(Space space, long seed, boolean paced, Untried untried) {
    this.seed = seed;
    axes = space.parameters().stream().map(Axis::of).toArray(Axis[]::new);
    isPaced = paced;
    this.untried = untried;
    sobol = new Sobol(space.dimension(), seed);
    ranking = new Ranking(space.dimension(), paced);
  }

  @Override
  public Optional<Point> next(History history, Chance chance, int number) {
    ranking.update(history.samples());
    var space = history.space();
    if (ranking.size() < STARTUP || axes.length == 0) {
      return Optional.of(space.at(start(number)));
    }
    var stream = new Stream(seed, number);
    if (isPaced && stream.uniform() < BLIND) {
      var place = space.masked(sobol.point(number - 1));
      if (!untried.isTried(history, place)) {
        return Optional.of(space.at(place));
      }
    }
    int good = Math.clamp((int) Math.ceil(BEST * ranking.size()), 2, MOST_BEST);
    var better = better(good);
    var worse = worse(good, ranking.pending(history.samples()));
    var best = new double[0];
    var drawn = new double[0];
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      var place = space.masked(better.draw(stream));
      drawn = drawn.length == 0 ? place : drawn;
      if (!untried.isTried(history, place)) {
        double score = better.logDensity(place, scratch) - worse.logDensity(place, scratch);
        if (score > bestScore || best.length == 0) {
          bestScore = score;
          best = place;
        }
      }
    }
    return Optional.of(space.at(best.length > 0 ? best : drawn));
  }

  /** The middle first, since ranges are mostly chosen about what is usual; then evenly spread. */
  private double[] start(int number) {
    var place = sobol.point(number - 1);
    if (number == 1) {
      Arrays.fill(place, 0.5);
    }
    return place;
  }

  @Override
  public Optional<Point> again(Point point, History history, Chance chance, int number) {
    return Optional.of(point);
  }

  private Parzen better(int good) {
    double prior = 1.0 / (good + 1);
    var weights = new double[good];
    Arrays.fill(weights, prior);
    double shrink = StrictMath.pow(good, -1.0 / (axes.length + 4));
    var widths = new double[axes.length];
    for (int j = 0; j < widths.length; j++) {
      widths[j] = axes[j].ordered() ? width(j, good, shrink) : LEAK;
    }
    return new Parzen(axes, ranking.columns(), 0, good, widths, weights, prior);
  }

  private Parzen worse(int good, int pending) {
    int count = ranking.size() - good + pending;
    double prior = 1.0 / (count + 1);
    var weights = new double[count];
    Arrays.fill(weights, prior);
    double shrink = StrictMath.pow(count + 1, -1.0 / (axes.length + 4));
    var widths = new double[axes.length];
    for (int j = 0; j < widths.length; j++) {
      widths[j] = axes[j].ordered() ? WIDTH * shrink : LEAK;
    }
    scratch = scratch.length < count ? new double[count * 2] : scratch;
    return new Parzen(axes, ranking.columns(), good, count, widths, weights, prior);
  }

  private double spread(int j, int good) {
    var column = ranking.columns()[j];
    double sum = 0;
    double squares = 0;
    int there = 0;
    for (int k = 0; k < good; k++) {
      if (!Double.isNaN(column[k])) {
        sum += column[k];
        squares += column[k] * column[k];
        there++;
      }
    }
    double mean = sum / Math.max(1, there);
    return there < 2 ? WIDEST : Math.sqrt(Math.max(0, squares / there - mean * mean));
  }

  /** Half of what samples of a number would have, half of what these have. */
  private double width(int j, int good, double shrink) {
    return Math.max(
        NARROWEST, 0.5 * shrink * (WIDTH + Math.clamp(spread(j, good), NARROWEST, WIDEST)));
  }
}
