package ferry.local.launcher;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What an attempt used over time: the file {@code resources} in its directory, a line every two
 * seconds of milliseconds since 1970, tenths of a percent of one processor, and bytes of memory. It
 * stays short: when it is full every other line goes, and from then on the pause is twice as long.
 */
final class ResourceTrail {
  static final String FILE = "resources";
  static final int MOST_LINES = 600;
  private static final long FIRST_PAUSE_NANOS = 2_000_000_000;
  private static final long TICK_NANOS = 10_000_000;

  private final File file;
  private long pause = FIRST_PAUSE_NANOS;
  private long lastNanos;
  private long lastTicks;
  private int lines;
  private boolean isBroken;

  ResourceTrail(String directory, long startedNanos) {
    this.file = new File(directory, FILE);
    this.lastNanos = startedNanos;
  }

  /** Takes what is used now; it writes that down only where it is time to. */
  void take(long now, long ticks, long bytes) {
    long passed = now - lastNanos;
    if (passed < pause || isBroken) {
      return;
    }
    long used = Math.max(0, ticks - lastTicks);
    lastNanos = now;
    lastTicks = ticks;
    long permille = 1000 * used * TICK_NANOS / passed;
    write(System.currentTimeMillis() + " " + permille + " " + bytes + "\n");
  }

  /** A disk that takes no sample costs the samples, and the attempt nothing. */
  private void write(String line) {
    try {
      if (lines == MOST_LINES) {
        thin();
      }
      try (FileOutputStream out = new FileOutputStream(file, true)) {
        out.write(line.getBytes(StandardCharsets.US_ASCII));
      }
      lines++;
    } catch (IOException full) {
      isBroken = true;
    }
  }

  private void thin() throws IOException {
    Path path = file.toPath();
    List<String> all = Files.readAllLines(path, StandardCharsets.US_ASCII);
    List<String> kept = new ArrayList<>();
    for (int i = 1; i < all.size(); i += 2) {
      kept.add(all.get(i));
    }
    Path draft = path.resolveSibling(FILE + ".new");
    Files.write(draft, kept, StandardCharsets.US_ASCII);
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    lines = kept.size();
    pause *= 2;
  }
}
