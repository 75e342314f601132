package ferry.local.launcher;

import java.io.File;

/**
 * What an attempt used over time: the file {@code resources} in its directory, with a sample every
 * two seconds of the processors and memory of all its processes.
 */
final class ResourceTrail {
  static final String FILE = "resources";
  private static final long FIRST_PAUSE_NANOS = 2_000_000_000;
  private static final long TICK_NANOS = 10_000_000;

  private final TrailFile file;
  private long lastNanos;
  private long lastTicks;

  ResourceTrail(String directory, long startedNanos) {
    this.file = new TrailFile(new File(directory, FILE), FIRST_PAUSE_NANOS);
    this.lastNanos = startedNanos;
  }

  /**
   * Takes what is used now; it writes that down only where it is time to. Processes without memory
   * have ended, and only wait to be known of.
   */
  void take(long now, long ticks, long bytes) {
    long passed = now - lastNanos;
    if (bytes == 0 || !file.isDue(passed)) {
      return;
    }
    long used = Math.max(0, ticks - lastTicks);
    lastNanos = now;
    lastTicks = ticks;
    file.write(System.currentTimeMillis(), 1000 * used * TICK_NANOS / passed, bytes);
  }
}
