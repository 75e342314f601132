package ferry.search;

import ferry.search.chance.Stream;
import ferry.search.space.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * How much each parameter mattered: how much worse a random forest foretells the losses when that
 * parameter's values are shuffled among the trials. Losses are taken by rank, so that a few very
 * bad trials do not decide.
 *
 * <p>Breiman: Random Forests (2001), permutation importance on the trials that a tree did not see.
 */
public final class Importance {
  private static final int TREES = 64;
  private static final int FEWEST = 8;
  private static final int SHUFFLES = 4;

  private final double[][] places;
  private final double[] ranks;
  private final int dimension;

  private Importance(List<double[]> places, double[] losses, int dimension) {
    this.places = places.toArray(double[][]::new);
    this.dimension = dimension;
    ranks = ranks(losses);
  }

  /**
   * Each parameter's share, greatest first; the shares come to 1. Empty where nothing can be said:
   * fewer than eight trials reported, or all reported the same, or the forest foretells nothing.
   *
   * @param seed settles the forest's chance
   */
  public static SequencedMap<String, Double> of(
      Space space, Goal goal, List<Trial> trials, long seed) {
    var places = new ArrayList<double[]>();
    var losses = new ArrayList<Double>();
    for (var trial : trials) {
      double loss = goal.loss(trial.best());
      if (Double.isFinite(loss)) {
        places.add(filled(space.place(trial.point())));
        losses.add(loss);
      }
    }
    var shares = new LinkedHashMap<String, Double>();
    if (places.size() < FEWEST || losses.stream().distinct().count() < 2) {
      return shares;
    }
    var array = losses.stream().mapToDouble(loss -> loss).toArray();
    var weights = new Importance(places, array, space.dimension()).weights(seed);
    double sum = Arrays.stream(weights).sum();
    if (sum <= 0) {
      return shares;
    }
    IntStream.range(0, weights.length)
        .boxed()
        .sorted((a, b) -> Double.compare(weights[b], weights[a]))
        .forEach(j -> shares.put(space.parameters().get(j).name(), weights[j] / sum));
    return shares;
  }

  /** Parameters that are not there stand outside the cube. */
  private static double[] filled(double[] place) {
    return Arrays.stream(place).map(x -> Double.isNaN(x) ? -1 : x).toArray();
  }

  private static double[] ranks(double[] losses) {
    var sorted = losses.clone();
    Arrays.sort(sorted);
    return Arrays.stream(losses)
        .map(loss -> (double) Arrays.binarySearch(sorted, loss) / losses.length)
        .toArray();
  }

  private double[] weights(long seed) {
    var weights = new double[dimension];
    for (int tree = 0; tree < TREES; tree++) {
      var stream = new Stream(seed, tree);
      var drawn = new boolean[places.length];
      var sample = new int[places.length];
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (int) stream.below(sample.length);
        drawn[sample[i]] = true;
      }
      var grown = RegressionTree.grown(places, ranks, sample, stream);
      var unseen = IntStream.range(0, drawn.length).filter(i -> !drawn[i]).toArray();
      for (int j = 0; j < dimension && unseen.length > 1; j++) {
        weights[j] += harm(grown, unseen, j, stream);
      }
    }
    return Arrays.stream(weights).map(weight -> Math.max(0, weight)).toArray();
  }

  private double harm(RegressionTree tree, int[] unseen, int j, Stream stream) {
    double harm = 0;
    for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      for (int i : unseen) {
        var place = places[i].clone();
        double before = tree.at(place) - ranks[i];
        place[j] = places[unseen[(int) stream.below(unseen.length)]][j];
        double after = tree.at(place) - ranks[i];
        harm += (after * after - before * before) / (SHUFFLES * unseen.length);
      }
    }
    return harm;
  }
}
