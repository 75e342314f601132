package ferry.search.chance;

/**
 * A stream of random numbers settled by a seed and a number, such as a trial's. Streams of
 * different numbers are independent, so a sampler that takes one a trial has no random state to
 * keep.
 *
 * <p>Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014 (SplitMix64).
 */
public final class Stream implements Chance {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  public Stream(long seed, long number) {
    state = mix(mix(seed + GOLDEN) + (number + 1) * 0xd1342543de82ef95L);
  }

  @Override
  public double uniform() {
    return (bits() >>> 11) * 0x1p-53;
  }

  @Override
  public long below(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("nothing is below " + bound + " and at least 0");
    }
    long drawn = bits() >>> 1;
    long rest = drawn % bound;
    while (drawn - rest + (bound - 1) < 0) {
      drawn = bits() >>> 1;
      rest = drawn % bound;
    }
    return rest;
  }

  private long bits() {
    state += GOLDEN;
    return mix(state);
  }

  private static long mix(long word) {
    long z = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
