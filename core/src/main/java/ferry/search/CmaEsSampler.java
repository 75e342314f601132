package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.chance.Normal;
import ferry.search.chance.Sobol;
import ferry.search.chance.Stream;
import ferry.search.space.Point;
import ferry.search.space.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The covariance matrix adaptation evolution strategy over the unit cube, from its middle. As many
 * trials as a generation has make the next one, in the order in which they end, so that no trial is
 * waited for. Its normal numbers are spread more evenly than chance would: they are {@link
 * Sobol}'s.
 *
 * <p>Hansen: The CMA Evolution Strategy: A Tutorial (2016). Teytaud, Gelly: DCMA: yet another
 * derandomization in covariance-matrix-adaptation, GECCO 2007 (the evenly spread numbers).
 */
final class CmaEsSampler implements Sampler {
  private static final double FIRST_STEP = 0.15;
  private static final int TRIES = 20;

  /** Of a probability, so that no normal number is infinite. */
  private static final double SMALLEST = 1e-9;

  private final long seed;
  private final int dimension;
  private final List<Integer> pool = new ArrayList<>();
  private final Sobol sobol;
  private Evolution evolution;

  CmaEsSampler(Space space, long seed) {
    this.seed = seed;
    dimension = Math.max(1, space.dimension());
    sobol = new Sobol(dimension, seed);
    var middle = new double[dimension];
    Arrays.fill(middle, 0.5);
    evolution = Evolution.at(middle, FIRST_STEP);
  }

  @Override
  public Optional<Point> next(History history, Chance chance, int number) {
    var stream = new Stream(seed, number);
    var place = evolution.draw(new double[dimension]);
    for (int i = 0; i < TRIES && number > 1; i++) {
      place = evolution.draw(i == 0 ? spread(number) : normals(stream));
      if (inside(place)) {
        break;
      }
    }
    for (int j = 0; j < dimension; j++) {
      place[j] = Math.clamp(place[j], 0, 1);
    }
    return Optional.of(history.space().at(place));
  }

  private double[] spread(int number) {
    var z = sobol.point(number - 1);
    for (int j = 0; j < dimension; j++) {
      z[j] = Normal.quantile(Math.clamp(z[j], SMALLEST, 1 - SMALLEST));
    }
    return z;
  }

  private double[] normals(Stream stream) {
    var z = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      z[j] = Normal.draw(stream);
    }
    return z;
  }

  private static boolean inside(double[] place) {
    for (double x : place) {
      if (x < 0 || x > 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void ended(History history, int sample) {
    if (history.samples().get(sample).status() != Sample.Status.KNOWN) {
      return;
    }
    pool.add(sample);
    if (pool.size() == evolution.generation()) {
      pool.sort(Comparator.comparingDouble(i -> history.samples().get(i).loss()));
      evolution.learn(pool.stream().map(i -> place(history, i)).toList());
      pool.clear();
    }
  }

  private static double[] place(History history, int sample) {
    var place = history.samples().get(sample).place().clone();
    for (int j = 0; j < place.length; j++) {
      place[j] = Double.isNaN(place[j]) ? 0.5 : place[j];
    }
    return place;
  }

  @Override
  public Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("pool", pool.stream().map(Integer::longValue).toList());
    state.put("evolution", evolution.state());
    return state;
  }

  @Override
  public void restore(Map<String, Object> state) {
    pool.clear();
    Snapshot.list(state.get("pool")).forEach(sample -> pool.add((int) Snapshot.whole(sample)));
    evolution = Evolution.restored(dimension, Snapshot.list(state.get("evolution")));
  }
}
