package ferry.files;

import ferry.error.DiskTrouble;
import ferry.run.AttemptId;
import ferry.tracking.AttemptPath;
import ferry.tracking.Logs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Logs as the files that attempts write; any part is read without what comes before it. */
final class RunLogs implements Logs {
  private static final int BLOCK = 1 << 16;

  /** How far back a tail looks for line ends: a longer line, or a progress bar, is cut. */
  private static final long FARTHEST_BACK = 4L << 20;

  private static final int LARGEST_PART = 4 << 20;
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 200;

  private final Path home;

  RunLogs(Path home) {
    this.home = home;
  }

  @Override
  public Part read(AttemptId attempt, long from, int most) {
    var log = AttemptPath.log(home, attempt);
    if (from < 0 || most < 1) {
      throw new IllegalArgumentException("a part of a log has a start and a length");
    }
    if (log.toFile().length() <= from) {
      return new Part(new byte[0], from);
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long there = Math.max(0, file.length() - from);
      var bytes = new byte[(int) Math.min(there, Math.min(most, LARGEST_PART))];
      file.seek(from);
      int count = readFully(file, bytes);
      return new Part(count == bytes.length ? bytes : Arrays.copyOf(bytes, count), from + count);
    } catch (IOException trouble) {
      throw DiskTrouble.at(log, trouble);
    }
  }

  private static int readFully(RandomAccessFile file, byte[] bytes) throws IOException {
    int filled = 0;
    while (filled < bytes.length) {
      int count = file.read(bytes, filled, bytes.length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
    }
    return filled;
  }

  @Override
  public Part await(AttemptId attempt, long from, int most, Duration patience)
      throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (size(attempt) <= from && System.nanoTime() < until) {
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
    return read(attempt, from, most);
  }

  @Override
  public long startOfTail(AttemptId attempt, int lines) {
    var log = AttemptPath.log(home, attempt);
    if (!log.toFile().isFile()) {
      return 0;
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      return startOfTail(file, lines);
    } catch (IOException trouble) {
      throw DiskTrouble.at(log, trouble);
    }
  }

  private static long startOfTail(RandomAccessFile file, int lines) throws IOException {
    long length = file.length();
    long least = Math.max(0, length - FARTHEST_BACK);
    var block = new byte[BLOCK];
    int seen = 0;
    for (long end = length; end > least; end -= BLOCK) {
      long start = Math.max(least, end - BLOCK);
      file.seek(start);
      int count = (int) (end - start);
      file.readFully(block, 0, count);
      for (int i = count - 1; i >= 0; i--) {
        boolean isLast = start + i == length - 1;
        if (block[i] == '\n' && !isLast && ++seen == lines) {
          return start + i + 1;
        }
      }
    }
    return lines < 1 ? length : least;
  }

  @Override
  public long size(AttemptId attempt) {
    return AttemptPath.log(home, attempt).toFile().length();
  }
}
