package ferry.run;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * An immutable list whose changed copy shares all but one chunk with the original, so that a run of
 * ten thousand steps takes an event in well under a microsecond's copying.
 */
final class PersistentList<T> {
  private static final int CHUNK = 64;

  private final Object[][] chunks;
  private final int size;

  private PersistentList(Object[][] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  static <T> PersistentList<T> of(List<T> items) {
    var chunks = new Object[(items.size() + CHUNK - 1) / CHUNK][];
    for (int i = 0; i < chunks.length; i++) {
      int from = i * CHUNK;
      chunks[i] = items.subList(from, Math.min(from + CHUNK, items.size())).toArray();
    }
    return new PersistentList<>(chunks, items.size());
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked")
  T get(int index) {
    return (T) chunks[index / CHUNK][index % CHUNK];
  }

  PersistentList<T> with(int index, T item) {
    var copy = chunks.clone();
    copy[index / CHUNK] = copy[index / CHUNK].clone();
    copy[index / CHUNK][index % CHUNK] = item;
    return new PersistentList<>(copy, size);
  }

  PersistentList<T> plus(T item) {
    int last = size / CHUNK;
    var copy = Arrays.copyOf(chunks, last + 1);
    int used = size % CHUNK;
    copy[last] = used == 0 ? new Object[1] : Arrays.copyOf(chunks[last], used + 1);
    copy[last][used] = item;
    return new PersistentList<>(copy, size + 1);
  }

  /** Visits what is here and not, or not the same, in an earlier version of this list. */
  @SuppressWarnings("ReferenceEquality") // two versions share what did not change
  void forEachChanged(PersistentList<T> earlier, BiConsumer<Integer, T> visitor) {
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      if (chunk >= earlier.chunks.length || chunks[chunk] != earlier.chunks[chunk]) {
        for (int i = chunk * CHUNK; i < Math.min(size, (chunk + 1) * CHUNK); i++) {
          if (i >= earlier.size || get(i) != earlier.get(i)) {
            visitor.accept(i, get(i));
          }
        }
      }
    }
  }
}
