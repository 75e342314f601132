package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.space.Point;
import java.util.Optional;

/**
 * One point: the only one of a space of constants, else one drawn by chance.
 *
 * <p>There is no paper to it: it is Determined's searcher {@code single}, a random search of one
 * trial.
 */
final class SingleSampler implements Sampler {

  @Override
  public Optional<Point> next(History history, Chance chance, int number) {
    return number > 1 + history.invalid()
        ? Optional.empty()
        : Optional.of(history.space().sample(chance));
  }
}
