package ferry.search;

import java.util.Arrays;
import java.util.List;

/**
 * The known samples, best first, each coordinate in an array of its own. It is kept up to date at
 * the cost of what has changed since it was last asked.
 */
final class Ranking {
  private final boolean byLength;
  private final double[][] columns;
  private Sample[] seen = new Sample[0];
  private Sample[] ranked = new Sample[16];
  private int size;

  /**
   * @param byLength whether a sample that was trained longer counts as better than one that was
   *     not, whatever their losses: so it is where the weak are stopped early
   */
  Ranking(int dimension, boolean byLength) {
    this.byLength = byLength;
    columns = new double[dimension][16];
  }

  void update(List<Sample> samples) {
    if (samples.size() > seen.length) {
      seen = Arrays.copyOf(seen, Math.max(16, samples.size() * 2));
    }
    for (int i = 0; i < samples.size(); i++) {
      var now = samples.get(i);
      var before = seen[i];
      if (now != before) {
        if (before != null && before.status() == Sample.Status.KNOWN) {
          remove(before);
        }
        if (now.status() == Sample.Status.KNOWN) {
          insert(now);
        }
        seen[i] = now;
      }
    }
  }

  int size() {
    return size;
  }

  Sample get(int rank) {
    return ranked[rank];
  }

  /** The rank of a sample that is among them. */
  int rank(Sample sample) {
    int at = 0;
    while (ranked[at] != sample) {
      at++;
    }
    return at;
  }

  /** For each coordinate those of all samples, by rank; not to be changed. */
  double[][] columns() {
    return columns;
  }

  /** Puts the running trials' coordinates behind the ranked ones' and says how many there are. */
  int pending(List<Sample> samples) {
    int count = 0;
    for (var sample : samples) {
      if (sample.status() == Sample.Status.PENDING) {
        reserve(size + count + 1);
        for (int j = 0; j < columns.length; j++) {
          columns[j][size + count] = sample.place()[j];
        }
        count++;
      }
    }
    return count;
  }

  private void reserve(int wanted) {
    if (wanted > ranked.length) {
      ranked = Arrays.copyOf(ranked, wanted * 2);
      Arrays.setAll(columns, j -> Arrays.copyOf(columns[j], wanted * 2));
    }
  }

  private void insert(Sample sample) {
    int at = place(sample);
    reserve(size + 1);
    System.arraycopy(ranked, at, ranked, at + 1, size - at);
    ranked[at] = sample;
    for (int j = 0; j < columns.length; j++) {
      System.arraycopy(columns[j], at, columns[j], at + 1, size - at);
      columns[j][at] = sample.place()[j];
    }
    size++;
  }

  private void remove(Sample sample) {
    int at = rank(sample);
    size--;
    System.arraycopy(ranked, at + 1, ranked, at, size - at);
    for (var column : columns) {
      System.arraycopy(column, at + 1, column, at, size - at);
    }
  }

  private int place(Sample sample) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (better(sample, ranked[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private boolean better(Sample a, Sample b) {
    if (byLength
        && a.length() != b.length()
        && Double.isFinite(a.loss())
        && Double.isFinite(b.loss())) {
      return a.length() > b.length();
    }
    return a.loss() < b.loss() || a.loss() == b.loss() && a.index() < b.index();
  }
}
