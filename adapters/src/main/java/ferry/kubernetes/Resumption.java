package ferry.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds in a log that is read again where an earlier copy of it ended. The lines of a container's
 * two streams stand in its log in the order in which its runtime came to write them, which is not
 * that of their times: so the last line that was copied is looked for, and what stands behind it is
 * new whatever its time.
 */
final class Resumption {
  /** By how much lines of two streams may stand out of the order of their times. */
  static final Duration DISORDER = Duration.ofSeconds(2);

  /** The end of the earlier copy is in the log no more: all that is there is new. */
  static final class Gap extends IOException {
    private static final long serialVersionUID = 1;

    Gap() {
      super("the last line that was copied is gone");
    }
  }

  /** An answer of the node without the line that was copied last: it may only know less yet. */
  static final class Shorter extends IOException {
    private static final long serialVersionUID = 1;

    /** Whether lines with later times were in it, which may have come before that line. */
    final boolean hasLater;

    Shorter(boolean hasLater) {
      super("the answer ends before what was copied already");
      this.hasLater = hasLater;
    }
  }

  private final Instant last;
  private long missing;
  private boolean sawLast;
  private boolean sawLater;

  /**
   * What follows an earlier copy.
   *
   * @param last the time of its last line
   * @param lines how many lines at its end had that time
   */
  Resumption(Instant last, long lines) {
    this.last = last;
    this.missing = lines;
  }

  /** Nothing was copied before: all is new. */
  static Resumption ofNothing() {
    return new Resumption(Instant.MIN, 0);
  }

  /**
   * Whether the next line of the log is new.
   *
   * @throws Gap where it is too late for the one that is looked for to come
   */
  boolean isNew(Instant at) throws Gap {
    if (missing == 0) {
      return true;
    }
    if (at.equals(last)) {
      missing--;
      sawLast = true;
      return false;
    }
    if (sawLast) {
      missing = 0;
      return true;
    }
    sawLater |= at.isAfter(last);
    if (at.isAfter(last.plus(DISORDER))) {
      throw new Gap();
    }
    return false;
  }

  /**
   * The log has no more lines.
   *
   * @throws Shorter where the one that was looked for did not come
   */
  void end() throws Shorter {
    if (missing > 0 && !sawLast) {
      throw new Shorter(sawLater);
    }
  }
}
