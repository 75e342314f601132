package ferry.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Gives a log that comes in to its copy, in whole lines. Of a line that is too long the beginning
 * is kept, and what our script says at the end of one.
 */
final class LogLines {
  /** So much of a line is kept. */
  static final int LONGEST = 1 << 20;

  /** More than our script says at a time. */
  private static final int TAIL = 16_384;

  private static final int BLOCK = 16_384;

  private final TimedLog copy;
  private byte[] buffer = new byte[BLOCK];
  private int filled;
  private boolean isCut;

  LogLines(TimedLog copy) {
    this.copy = copy;
  }

  /**
   * Reads a log to its end.
   *
   * @param isWhole whether what is left without a line feed at the end is the log's very last line
   */
  void read(InputStream in, boolean isWhole) throws IOException {
    for (int count = 0; count >= 0; count = in.read(buffer, filled, buffer.length - filled)) {
      filled += count;
      pass();
    }
    if (isWhole) {
      if (isCut) {
        copy.takeRest(Arrays.copyOf(buffer, filled));
      } else {
        copy.take(buffer, filled);
      }
    }
  }

  private void pass() throws IOException {
    if (isCut && !isCutToItsEnd()) {
      return;
    }
    int end = endOfLines();
    if (end > 0) {
      copy.take(buffer, end);
      drop(end);
    } else if (filled == LONGEST + TAIL) {
      copy.takeCut(buffer, TAIL);
      drop(LONGEST);
      isCut = true;
    } else if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(2 * filled, LONGEST + TAIL));
    }
  }

  /** Lets go of a line of which enough was taken, but for what may be our script's. */
  private boolean isCutToItsEnd() throws IOException {
    int end = 0;
    while (end < filled && buffer[end] != '\n') {
      end++;
    }
    if (end == filled) {
      drop(Math.max(0, filled - TAIL));
      return false;
    }
    copy.takeRest(Arrays.copyOfRange(buffer, Math.max(0, end - TAIL), end + 1));
    drop(end + 1);
    isCut = false;
    return true;
  }

  private int endOfLines() {
    int end = filled;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void drop(int count) {
    System.arraycopy(buffer, count, buffer, 0, filled - count);
    filled -= count;
  }
}
