package ferry.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;

/**
 * What a disk kept of a copy whose end it lost, while the log is read again from its beginning:
 * nothing of it goes. Where the node has thrown the beginning away, what it still has comes behind.
 */
final class RescuedLog {
  private static final String LOST =
      "[ferry: this machine's disk lost lines here; what the node still has of the log follows]\n";

  private final RandomAccessFile log;
  private final long length;

  RescuedLog(RandomAccessFile log) throws IOException {
    this.log = log;
    this.length = log.length();
  }

  /**
   * Writes where the file is now what was read again.
   *
   * @return whether that went beyond what was kept, so that all is as if nothing had been lost
   */
  boolean write(byte[] bytes) throws IOException {
    long at = log.getFilePointer();
    int known = (int) Math.min(bytes.length, length - at);
    var kept = new byte[known];
    log.readFully(kept);
    if (!Arrays.equals(kept, 0, known, bytes, 0, known)) {
      end();
      log.write(LOST.getBytes(UTF_8));
      log.write(bytes);
      return true;
    }
    log.write(bytes, known, bytes.length - known);
    return at + bytes.length > length;
  }

  /** Nothing more was read again that is here too. */
  void end() throws IOException {
    log.seek(Math.max(0, length - 1));
    if (length > 0 && log.read() != '\n') {
      log.write('\n');
    }
  }
}
