package ferry.local.launcher;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes exit files, each whole or not at all, and tries again where a disk is full or a file
 * system read-only.
 */
final class ExitFiles {
  private static final long RETRY_NANOS = 1_000_000_000L;

  private final Posix posix;
  private final Reports reports;
  private final NativeBlock text = new NativeBlock(16 * 1024);
  private final List<Unwritten> unwritten = new ArrayList<>();
  private long retryAt;

  private record Unwritten(String directory, String record) {}

  ExitFiles(Posix posix, Reports reports) {
    this.posix = posix;
    this.reports = reports;
  }

  /** Writes the record now, or keeps it to try again. */
  void write(String directory, String record) {
    int written = tryToWrite(directory, record);
    if (written < 0) {
      reports.problem(
          "cannot write " + directory + "/exit: " + posix.words(written) + "; trying again");
      unwritten.add(new Unwritten(directory, record));
      retryAt = System.nanoTime() + RETRY_NANOS;
    }
  }

  boolean areAllWritten() {
    return unwritten.isEmpty();
  }

  long retryAt() {
    return retryAt;
  }

  /** Tries again to write what could not be written; what has lost its directory is let go. */
  void retry(long now) {
    for (int i = unwritten.size() - 1; i >= 0; i--) {
      Unwritten each = unwritten.get(i);
      int written = tryToWrite(each.directory(), each.record());
      if (written >= 0 || written == -Posix.ENOENT || written == -Posix.ENOTDIR) {
        unwritten.remove(i);
      }
    }
    retryAt = now + RETRY_NANOS;
  }

  private int tryToWrite(String directory, String record) {
    int flags = Posix.O_WRONLY | Posix.O_CREAT | Posix.O_TRUNC;
    int file = posix.open(directory, "/exit.new", flags, 0600);
    if (file < 0) {
      return file;
    }
    text.zeroTerminated(record);
    int written = posix.writeFully(file, text.address, text.bytes.position() - 1);
    int closed = posix.close(file);
    if (written < 0 || closed < 0) {
      return Math.min(written, closed);
    }
    return posix.rename(directory, "/exit.new", "/exit");
  }
}
