package ferry.tracking;

import ferry.run.AttemptId;
import java.time.Duration;

/** What attempts printed, as bytes. Positions count bytes from 0. */
public interface Logs {

  /**
   * A piece of a log.
   *
   * @param next the position after it, where reading goes on
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
  record Part(byte[] bytes, long next) {
    public boolean isEmpty() {
      return bytes.length == 0;
    }
  }

  /** At most so many bytes from a position; nothing where there is no more, or no log. */
  Part read(AttemptId attempt, long from, int most);

  /** As {@link #read}; where there is nothing yet it waits a while for more. */
  Part await(AttemptId attempt, long from, int most, Duration patience) throws InterruptedException;

  /** The position at which the last lines start; it reads from the end, whatever the length. */
  long startOfTail(AttemptId attempt, int lines);

  /** Bytes so far. */
  long size(AttemptId attempt);
}
