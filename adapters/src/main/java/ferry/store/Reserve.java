package ferry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Room that a home keeps for bad times: a file of {@value #SIZE} bytes that means nothing. On a
 * full disk it is given up, so that what runs can still be recorded, stopped and removed; where
 * there is plenty of room again, it is made again. Nothing new may be begun on it.
 */
public final class Reserve {
  static final int SIZE = 4 << 20;

  /** So much must be free before room is kept: a small disk is not made smaller. */
  private static final long PLENTY = 4L * SIZE;

  /** With less than this, nothing of a database can be written. */
  private static final long NEARLY_NOTHING = 256 << 10;

  private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  private final Path home;
  private final Path file;
  private volatile boolean kept;
  private volatile long lookedAt;

  Reserve(Path home) {
    this.home = home;
    this.file = home.resolve("reserve");
  }

  /** Makes room for a server that is to start on a full disk, so that it can remove something. */
  public static void yieldWhereFull(Path home) {
    try {
      if (Files.isDirectory(home) && usable(home) < NEARLY_NOTHING) {
        new Reserve(home).giveUp();
      }
    } catch (IOException _) {
      // a disk that does not tell is not known to be full; what else is wrong is said later
    }
  }

  /** Whether the disk has next to nothing left. */
  boolean isUsedUp() {
    try {
      return usable(home) < NEARLY_NOTHING;
    } catch (IOException _) {
      return false; // a disk that does not tell is treated as any other
    }
  }

  private static long usable(Path home) throws IOException {
    return Files.getFileStore(home).getUsableSpace();
  }

  /** Gives the room back to the disk; whether there was any. */
  synchronized boolean giveUp() {
    kept = false;
    lookedAt = System.nanoTime();
    try {
      return Files.deleteIfExists(file);
    } catch (IOException _) {
      return false; // a disk that cannot even delete, of which its next write tells
    }
  }

  /** Keeps room where there is plenty; called after each write, so it seldom looks. */
  void keep() {
    if (!kept && (lookedAt == 0 || System.nanoTime() - lookedAt > PAUSE_NANOS)) {
      make();
    }
  }

  private synchronized void make() {
    lookedAt = System.nanoTime();
    try {
      if (!Files.isRegularFile(file) || Files.size(file) < SIZE) {
        Files.deleteIfExists(file);
        if (usable(home) < PLENTY) {
          return;
        }
        write();
      }
      kept = true;
    } catch (IOException _) {
      giveUp(); // not all of it fitted
    }
  }

  /** Noise, which no file system stores in less room. */
  private void write() throws IOException {
    var noise = new byte[SIZE];
    new SplittableRandom(1).nextBytes(noise);
    PrivateFiles.touch(file);
    Files.write(file, noise);
  }
}
