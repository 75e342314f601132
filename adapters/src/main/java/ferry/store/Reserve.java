package ferry.store;

import ferry.error.DiskRoom;
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
    if (Files.isDirectory(home) && DiskRoom.of(home).isUsedUp()) {
      new Reserve(home).giveUp();
    }
  }

  /** Whether the disk has next to nothing left. */
  boolean isUsedUp() {
    return DiskRoom.of(home).isUsedUp();
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
        if (!DiskRoom.of(home).isPlenty()) { // a small disk is not made smaller
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
