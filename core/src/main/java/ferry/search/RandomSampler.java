package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.space.Point;
import java.util.Optional;

/**
 * Points by chance alone. With equal seeds the same points as Determined draws.
 *
 * <p>Bergstra, Bengio: Random Search for Hyper-Parameter Optimization, JMLR 13 (2012).
 */
final class RandomSampler implements Sampler {

  @Override
  public Optional<Point> next(History history, Chance chance, int number) {
    return Optional.of(history.space().sample(chance));
  }
}
