package ferry.search.chance;

import java.util.Arrays;

/**
 * The Mersenne Twister MT19937 exactly as NumPy's {@code RandomState} uses it, so that equal seeds
 * give equal numbers: {@link #uniform} is {@code random_sample}, {@link #below} is {@code randint}.
 *
 * <p>Matsumoto, Nishimura: Mersenne Twister, ACM TOMACS 8 (1998).
 */
public final class NumpyRandom implements Chance {
  private static final int LENGTH = 624;
  private static final int SHIFT = 397;
  private static final int DIGITS = 8;

  private final int[] key = new int[LENGTH];
  private int position = LENGTH;

  /** Starts from the seed's lowest 32 bits. */
  public NumpyRandom(long seed) {
    int word = (int) seed;
    for (int i = 0; i < LENGTH; i++) {
      key[i] = word;
      word = 1812433253 * (word ^ (word >>> 30)) + i + 1;
    }
  }

  /**
   * A generator that goes on where {@link #state} was taken.
   *
   * @throws IllegalArgumentException for text that is no such state
   */
  public static NumpyRandom restored(String state) {
    int[] words = new int[LENGTH];
    if (state.length() < LENGTH * DIGITS + 1) {
      throw new IllegalArgumentException("a random state has " + LENGTH + " words");
    }
    for (int i = 0; i < LENGTH; i++) {
      words[i] = Integer.parseUnsignedInt(state.substring(i * DIGITS, (i + 1) * DIGITS), 16);
    }
    var random = new NumpyRandom(0);
    System.arraycopy(words, 0, random.key, 0, LENGTH);
    random.position = Math.clamp(Integer.parseInt(state.substring(LENGTH * DIGITS)), 0, LENGTH);
    return random;
  }

  /** The whole state: 624 words in hexadecimal, then the position in decimal. */
  public String state() {
    var text = new StringBuilder(LENGTH * DIGITS + 3);
    for (int word : key) {
      text.repeat('0', Integer.numberOfLeadingZeros(word) / 4);
      if (word != 0) {
        text.append(Integer.toHexString(word));
      }
    }
    return text.append(position).toString();
  }

  /** The next 32 random bits. */
  public int bits32() {
    if (position == LENGTH) {
      refill();
    }
    int y = key[position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  @Override
  public double uniform() {
    int high = bits32() >>> 5;
    int low = bits32() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  @Override
  public long below(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("nothing is below " + bound + " and at least 0");
    }
    long limit = bound - 1;
    if (limit == 0) {
      return 0;
    }
    long mask = -1L >>> Long.numberOfLeadingZeros(limit);
    long drawn;
    do {
      drawn = mask & (limit <= 0xffffffffL ? bits32() & 0xffffffffL : bits64());
    } while (drawn > limit);
    return drawn;
  }

  /** A number evenly drawn from [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  private long bits64() {
    long upper = (long) bits32() << 32;
    return upper | bits32() & 0xffffffffL;
  }

  private void refill() {
    for (int i = 0; i < LENGTH; i++) {
      int y = (key[i] & 0x80000000) | (key[(i + 1) % LENGTH] & 0x7fffffff);
      key[i] = key[(i + SHIFT) % LENGTH] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    }
    position = 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumpyRandom that
        && position == that.position
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(key) + position;
  }
}
