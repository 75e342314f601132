package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.chance.Stream;
import ferry.search.space.Point;
import ferry.search.space.Space;
import java.util.Map;
import java.util.Optional;

/**
 * Another sampler over a finite space, which tries no point a second time while there are others:
 * in place of one that was tried comes the untried one nearest to it. What is drawn from the
 * search's own chance stays as it is, so that all other points do too.
 */
final class DistinctSampler implements Sampler {
  /** Sets this chance apart from that of the sampler. */
  private static final long APART = 0x5DEECE66DL;

  private final Sampler inner;
  private final Space space;
  private final Untried untried;
  private final long seed;

  DistinctSampler(Sampler inner, Untried untried, SearchPlan plan) {
    this.inner = inner;
    this.space = plan.space();
    this.untried = untried;
    this.seed = plan.seed() ^ APART;
  }

  @Override
  public Optional<Point> next(History history, Chance chance, int number) {
    return inner
        .next(history, chance, number)
        .map(point -> untried.isTried(history, point) ? other(history, point, number) : point);
  }

  private Point other(History history, Point point, int number) {
    return space.at(untried.near(history, space.place(point), new Stream(seed, number)));
  }

  @Override
  public Optional<Point> again(Point point, History history, Chance chance, int number) {
    return inner.again(point, history, chance, number).map(_ -> point);
  }

  @Override
  public void ended(History history, int sample) {
    inner.ended(history, sample);
  }

  @Override
  public Map<String, Object> state() {
    return inner.state();
  }

  @Override
  public void restore(Map<String, Object> state) {
    inner.restore(state);
  }
}
