package ferry.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log that is too long to be read. */
final class LogTail {
  private static final int MOST_BYTES = 16 * 1024;

  private LogTail() {}

  /** At most so many, without those that are blank; of a progress bar what it showed last. */
  static List<String> lines(Path log, int most) {
    var text = text(log);
    var lines = text.lines().map(LogTail::lastShown).filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  private static String lastShown(String line) {
    return line.substring(line.lastIndexOf('\r') + 1).stripTrailing();
  }

  private static String text(Path log) {
    if (!log.toFile().isFile()) {
      return "";
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - MOST_BYTES);
      file.seek(start);
      var bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      // The log only adds to what is said; without it the exit status alone is said.
      return "";
    }
  }
}
