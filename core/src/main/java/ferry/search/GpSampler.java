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
 * Bayesian optimization: a Gaussian process learns the losses, and the next point is where the
 * logarithm of the expected improvement is greatest. Running trials are believed to bring what is
 * expected of them. Of more than some hundred samples the best and the latest are learned.
 *
 * <p>Jones, Schonlau, Welch: Efficient Global Optimization (1998). Ament, Daulton, Eriksson,
 * Balandat, Bakshy: Unexpected Improvements to Expected Improvement, NeurIPS 2023.
 */
final class GpSampler implements Sampler {
  private static final int MOST_SAMPLES = 250;
  private static final int CANDIDATES = 256;
  private static final int NEAR = 96;
  private static final int STARTS = 3;
  private static final double MIDDLE = 0.5;

  /** Of a space with at most so many points every one that is left is looked at. */
  private static final int MOST_LISTED = 1000;

  private final long seed;
  private final Axis[] axes;
  private final Sobol sobol;
  private final Sobol scatter;
  private final int startup;
  private final Ranking ranking;
  private final GaussianProcess process;
  private final Untried untried;
  private int fitted;

  GpSampler(Space space, long seed, boolean paced, Untried untried) {
    this.seed = seed;
    this.untried = untried;
    axes = space.parameters().stream().map(Axis::of).toArray(Axis[]::new);
    sobol = new Sobol(axes.length, seed);
    scatter = new Sobol(axes.length, seed + 1);
    startup = Math.clamp(axes.length + 2, 4, 12);
    ranking = new Ranking(axes.length, paced);
    var ordered = new boolean[axes.length];
    for (int j = 0; j < ordered.length; j++) {
      ordered[j] = axes[j].ordered();
    }
    process = new GaussianProcess(ordered);
  }

  @Override
  public Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("logs", Arrays.stream(process.logs()).boxed().toList());
    state.put("fitted", (long) fitted);
    return state;
  }

  @Override
  public void restore(Map<String, Object> state) {
    process.setLogs(
        Snapshot.list(state.get("logs")).stream().mapToDouble(Snapshot::real).toArray());
    fitted = (int) Snapshot.whole(state.get("fitted"));
  }

  @Override
  public Optional<Point> next(History history, Chance chance, int number) {
    ranking.update(history.samples());
    var space = history.space();
    if (ranking.size() < startup || !Double.isFinite(ranking.get(1).loss())) {
      return Optional.of(space.at(sobol.point(number - 1)));
    }
    double best = learn(history);
    for (var sample : history.samples()) {
      if (sample.status() == Sample.Status.PENDING) {
        process.believe(filled(sample.place()));
      }
    }
    var left = untried.all(history, MOST_LISTED);
    var place =
        left.isEmpty()
            ? greatest(history, best, new Stream(seed, number), number)
            : greatest(space, best, left);
    return Optional.of(space.at(place));
  }

  /** Learns what is known; returns the least loss, as learned. */
  private double learn(History history) {
    var chosen = chosen(history);
    var points = chosen.stream().map(sample -> filled(sample.place())).toList();
    var losses = Losses.even(chosen.stream().mapToDouble(Sample::loss).toArray());
    int n = ranking.size();
    if (n < fitted || n - fitted >= Math.max(1, n / 12) || fitted == 0) {
      process.fit(points, losses, fitted == 0 ? 20 : n < 40 ? 6 : 4);
      fitted = n;
    }
    process.learn(points, losses);
    return Arrays.stream(losses).min().orElse(0);
  }

  private List<Sample> chosen(History history) {
    var chosen = new ArrayList<Sample>();
    int best = ranking.size() <= MOST_SAMPLES ? ranking.size() : MOST_SAMPLES / 2;
    for (int rank = 0; rank < best; rank++) {
      chosen.add(ranking.get(rank));
    }
    var samples = history.samples();
    for (int i = samples.size() - 1;
        best < ranking.size() && chosen.size() < MOST_SAMPLES && i >= 0;
        i--) {
      if (samples.get(i).status() == Sample.Status.KNOWN && ranking.rank(samples.get(i)) >= best) {
        chosen.add(samples.get(i));
      }
    }
    return chosen;
  }

  /** Parameters that are not there stand in the middle. */
  private double[] filled(double[] place) {
    var filled = place.clone();
    for (int j = 0; j < filled.length; j++) {
      filled[j] = Double.isNaN(filled[j]) ? MIDDLE : snapped(j, filled[j]);
    }
    return filled;
  }

  private double snapped(int j, double x) {
    return axes[j].continuous() ? Math.clamp(x, 0, 1) : axes[j].place(axes[j].cell(x));
  }

  private static final class Scored {
    private final double[] place;
    private final double score;

    Scored(double[] place, double score) {
      this.place = place;
      this.score = score;
    }
  }

  private double[] greatest(Space space, double best, List<double[]> places) {
    var improvement = new Improvement(process, best);
    var scored = new ArrayList<Scored>();
    places.forEach(place -> add(scored, improvement, space, place));
    scored.sort(Comparator.comparingDouble(one -> -one.score));
    return scored.getFirst().place;
  }

  private double[] greatest(History history, double best, Stream stream, int number) {
    var space = history.space();
    var improvement = new Improvement(process, best);
    var scored = new ArrayList<Scored>();
    for (int i = 0; i < CANDIDATES; i++) {
      add(scored, improvement, space, scatter.point(number * CANDIDATES + i));
    }
    for (int i = 0; i < NEAR; i++) {
      var centre = ranking.get((int) stream.below(Math.min(ranking.size(), 5))).place();
      add(scored, improvement, space, moved(filled(centre), stream, i % 3 == 0 ? 0.1 : 0.02));
    }
    scored.sort(Comparator.comparingDouble(one -> -one.score));
    var winner =
        scored.stream()
            .filter(one -> !untried.isTried(history, one.place))
            .findFirst()
            .orElse(scored.getFirst());
    for (int i = 0; i < STARTS; i++) {
      var place = climbed(improvement, scored.get(i).place, space);
      double score = improvement.log(place);
      boolean wins = score > winner.score && !untried.isTried(history, place);
      winner = wins ? new Scored(place, score) : winner;
    }
    return winner.place;
  }

  private void add(List<Scored> scored, Improvement improvement, Space space, double[] place) {
    var snapped = filled(space.masked(filled(place)));
    scored.add(new Scored(snapped, improvement.log(snapped)));
  }

  private double[] moved(double[] centre, Stream stream, double width) {
    var place = centre.clone();
    for (int j = 0; j < place.length; j++) {
      if (axes[j].continuous()) {
        place[j] = Math.clamp(place[j] + width * Normal.draw(stream), 0, 1);
      } else if (stream.uniform() < 1.0 / place.length) {
        place[j] = axes[j].place((int) stream.below(axes[j].cells()));
      }
    }
    return place;
  }

  /** Uphill over the continuous parameters that are there, the others held. */
  private double[] climbed(Improvement improvement, double[] start, Space space) {
    var there = space.masked(start);
    var low = start.clone();
    var high = start.clone();
    for (int j = 0; j < start.length; j++) {
      if (axes[j].continuous() && !Double.isNaN(there[j])) {
        low[j] = 0;
        high[j] = 1;
      }
    }
    return Descent.from(start, low, high, 12, improvement::descent);
  }
}
