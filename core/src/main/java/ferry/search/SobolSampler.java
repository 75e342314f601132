package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.chance.Sobol;
import ferry.search.space.Point;
import ferry.search.space.Space;
import java.util.Optional;

/**
 * Points spread more evenly than chance would: {@link Sobol}'s, scrambled by the search's seed.
 *
 * <p>Sobol: On the distribution of points in a cube and the approximate evaluation of integrals
 * (1967); for parameters, Bergstra, Bengio: Random Search for Hyper-Parameter Optimization, JMLR 13
 * (2012), section 5.
 */
final class SobolSampler implements Sampler {
  private final Sobol sobol;

  SobolSampler(Space space, long seed) {
    sobol = new Sobol(space.dimension(), seed);
  }

  @Override
  public Optional<Point> next(History history, Chance chance, int number) {
    return Optional.of(history.space().at(sobol.point(number - 1)));
  }
}
