package ferry.search.chance;

/** A source of random numbers that were settled by a seed. */
public interface Chance {

  /** A number evenly drawn from [0, 1), a multiple of 2⁻⁵³. */
  double uniform();

  /**
   * A whole number evenly drawn from 0 to {@code bound - 1}.
   *
   * @throws IllegalArgumentException where the bound is not positive
   */
  long below(long bound);
}
