package ferry.files;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much of a directory is looked at before it is said to be too large. Small directories are
 * read whatever the time, so that a busy machine does not decide whether they are kept.
 */
final class Budget {
  /**
   * What a snapshot may hold, and how long a submit waits for one.
   *
   * @param bytes of files that are kept by content
   */
  record Limits(int files, long bytes, Duration patience) {
    static final Limits ORDINARY = new Limits(20_000, 1L << 30, Duration.ofMillis(150));

    Limits patient(Duration other) {
      return new Limits(files, bytes, other);
    }
  }

  private static final int FREE_FILES = 1_000;
  private static final long FREE_BYTES = 16L << 20;

  private final LongSupplier nanoClock;
  private final long start;
  private final Limits limits;
  private int seen;
  private int files;
  private long bytes;
  private long copied;

  Budget(LongSupplier nanoClock, Limits limits) {
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.limits = limits;
  }

  /** Counts an entry that was looked at. */
  void look() throws TooLarge {
    seen++;
    if (seen > FREE_FILES && seen % 64 == 0 && isLate()) {
      throw new TooLarge(
          "reading it takes too long: %,d files in %d ms".formatted(seen, elapsedMillis()), false);
    }
  }

  /** Counts a file or directory that belongs to the snapshot. */
  void take() throws TooLarge {
    files++;
    if (files > limits.files) {
      throw new TooLarge(
          "it has more than %,d files that are not ignored".formatted(limits.files), true);
    }
  }

  /** Counts the bytes of a file whose content belongs to the snapshot. */
  void hold(long size) throws TooLarge {
    bytes += size;
    if (bytes > limits.bytes) {
      throw new TooLarge(
          "it has more than %,d MiB of files that are not ignored".formatted(limits.bytes >> 20),
          true);
    }
  }

  /** Counts the bytes of a file before it is read and copied. */
  void copy(long size) throws TooLarge {
    copied += size;
    if (copied > FREE_BYTES && isLate()) {
      throw new TooLarge("keeping its new files takes longer than a command should wait", false);
    }
  }

  private boolean isLate() {
    return nanoClock.getAsLong() - start > limits.patience.toNanos();
  }

  private long elapsedMillis() {
    return (nanoClock.getAsLong() - start) / 1_000_000;
  }

  /** The directory goes over its budget. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean isForGood;

    TooLarge(String words, boolean isForGood) {
      super(words, null, false, false);
      this.isForGood = isForGood;
    }

    /** Whether more time would not help. */
    boolean isForGood() {
      return isForGood;
    }
  }
}
