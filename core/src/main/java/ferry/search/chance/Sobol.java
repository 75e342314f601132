package ferry.search.chance;

/**
 * Sobol's sequence with the direction numbers of Joe and Kuo, scrambled after Owen by a seed, so
 * that points of different seeds are independent and each is evenly drawn. From the 22nd coordinate
 * on coordinates are drawn by chance.
 *
 * <p>Sobol: On the distribution of points in a cube (1967). Joe, Kuo: Constructing Sobol sequences
 * with better two-dimensional projections, SIAM J. Sci. Comput. 30 (2008). Burley: Practical
 * Hash-based Owen Scrambling, JCGT 9 (2020).
 */
public final class Sobol {
  private static final int BITS = 32;

  /** For each coordinate from the second: degree and coefficients of its polynomial, then m. */
  private static final int[][] NUMBERS = {
    {1, 0, 1},
    {2, 1, 1, 3},
    {3, 1, 1, 3, 1},
    {3, 2, 1, 1, 1},
    {4, 1, 1, 1, 3, 3},
    {4, 4, 1, 3, 5, 13},
    {5, 2, 1, 1, 5, 5, 17},
    {5, 4, 1, 1, 5, 5, 5},
    {5, 7, 1, 1, 7, 11, 19},
    {5, 11, 1, 1, 5, 1, 1},
    {5, 13, 1, 1, 1, 3, 11},
    {5, 14, 1, 3, 5, 5, 31},
    {6, 1, 1, 3, 3, 9, 7, 49},
    {6, 13, 1, 1, 1, 15, 21, 21},
    {6, 16, 1, 3, 1, 13, 27, 49},
    {6, 19, 1, 1, 1, 15, 7, 5},
    {6, 22, 1, 3, 1, 15, 13, 25},
    {6, 25, 1, 1, 5, 5, 19, 61},
    {7, 1, 1, 3, 7, 11, 23, 15, 103},
    {7, 4, 1, 3, 7, 13, 13, 15, 69},
  };

  private final int[][] directions;
  private final int dimension;
  private final long seed;

  public Sobol(int dimension, long seed) {
    this.dimension = dimension;
    this.seed = seed;
    directions = new int[Math.min(dimension, NUMBERS.length + 1)][];
    for (int i = 0; i < directions.length; i++) {
      directions[i] = directions(i);
    }
  }

  /** The point with a number, from 0: each coordinate in [0, 1). */
  public double[] point(int number) {
    var point = new double[dimension];
    var chance = new Stream(seed, number);
    for (int i = 0; i < dimension; i++) {
      point[i] =
          i < directions.length ? scrambled(plain(number, i), i) * 0x1p-32 : chance.uniform();
    }
    return point;
  }

  /** A coordinate before scrambling, as a fraction of 2³². */
  int plain(int number, int coordinate) {
    int gray = number ^ (number >>> 1);
    int bits = 0;
    for (int bit = 0; gray != 0; bit++, gray >>>= 1) {
      bits ^= (gray & 1) == 0 ? 0 : directions[coordinate][bit];
    }
    return bits;
  }

  private double scrambled(int bits, int coordinate) {
    int key = (int) new Stream(seed, -1 - coordinate).below(1L << 32);
    int x = Integer.reverse(bits) + key;
    x ^= x * 0x6c50b47c;
    x ^= x * 0xb82f1e52;
    x ^= x * 0xc7afe638;
    x ^= x * 0x8d22f6e6;
    return Integer.toUnsignedLong(Integer.reverse(x));
  }

  private static int[] directions(int coordinate) {
    var v = new int[BITS];
    if (coordinate == 0) {
      for (int i = 0; i < BITS; i++) {
        v[i] = 1 << (BITS - 1 - i);
      }
      return v;
    }
    var numbers = NUMBERS[coordinate - 1];
    int degree = numbers[0];
    for (int i = 0; i < BITS; i++) {
      if (i < degree) {
        v[i] = numbers[2 + i] << (BITS - 1 - i);
      } else {
        v[i] = v[i - degree] ^ (v[i - degree] >>> degree);
        for (int k = 1; k < degree; k++) {
          v[i] ^= (numbers[1] >> (degree - 1 - k) & 1) == 0 ? 0 : v[i - k];
        }
      }
    }
    return v;
  }
}
