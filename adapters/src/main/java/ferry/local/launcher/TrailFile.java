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
 * Samples of an attempt in a file of its directory, a line each: milliseconds since 1970, tenths of
 * a percent, bytes. It stays short: when it is full every other line goes, and from then on the
 * pause between two samples is twice as long. For use by one thread.
 */
public final class TrailFile {
  /** At so many lines it is full. */
  public static final int MOST_LINES = 600;

  private final File file;
  private long pauseNanos;
  private int lines = -1;
  private boolean isBroken;

  /** A file that may have lines already, of an earlier life of who writes it. */
  public TrailFile(File file, long pauseNanos) {
    this.file = file;
    this.pauseNanos = pauseNanos;
  }

  /** Whether the next sample is wanted, so long after the one before. */
  public boolean isDue(long passedNanos) {
    return passedNanos >= pauseNanos && !isBroken;
  }

  /** Writes a sample down; a disk that takes none costs the samples, and the attempt nothing. */
  public void write(long millis, long permille, long bytes) {
    String line = millis + " " + permille + " " + bytes + "\n";
    try {
      if (lines < 0) {
        lines = file.exists() ? all().size() : 0;
      }
      if (lines >= MOST_LINES) {
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

  private List<String> all() throws IOException {
    return Files.readAllLines(file.toPath(), StandardCharsets.US_ASCII);
  }

  private void thin() throws IOException {
    List<String> all = all();
    List<String> kept = new ArrayList<>();
    for (int i = 1; i < all.size(); i += 2) {
      kept.add(all.get(i));
    }
    Path path = file.toPath();
    Path draft = path.resolveSibling(file.getName() + ".new");
    Files.write(draft, kept, StandardCharsets.US_ASCII);
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    lines = kept.size();
    pauseNanos *= 2;
  }
}
