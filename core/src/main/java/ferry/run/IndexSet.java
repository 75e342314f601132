package ferry.run;

import java.util.Arrays;

/** An immutable set of small whole numbers, walked in their order. */
final class IndexSet {
  static final IndexSet EMPTY = new IndexSet(new long[0]);

  private final long[] words;

  private IndexSet(long[] words) {
    this.words = words;
  }

  IndexSet plus(int index) {
    var copy = Arrays.copyOf(words, Math.max(words.length, index / Long.SIZE + 1));
    copy[index / Long.SIZE] |= 1L << index;
    return new IndexSet(copy);
  }

  IndexSet minus(int index) {
    if (index / Long.SIZE >= words.length) {
      return this;
    }
    var copy = words.clone();
    copy[index / Long.SIZE] &= ~(1L << index);
    return new IndexSet(copy);
  }

  /** The least member that is not below {@code from}, or -1. */
  int next(int from) {
    int word = from / Long.SIZE;
    if (word >= words.length) {
      return -1;
    }
    long rest = words[word] & (-1L << from);
    while (rest == 0) {
      if (++word == words.length) {
        return -1;
      }
      rest = words[word];
    }
    return word * Long.SIZE + Long.numberOfTrailingZeros(rest);
  }
}
