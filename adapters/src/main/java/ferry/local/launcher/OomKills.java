package ferry.local.launcher;

/**
 * The kernel's count of processes that it killed for want of memory, in this cgroup where that is
 * counted.
 */
final class OomKills {
  private static final long FRESH_NANOS = 100_000_000;

  private final Posix posix;
  private final NativeBlock text = new NativeBlock(16 * 1024);
  private final int file;
  private final String key;
  private long count;
  private long readAt;

  OomKills(Posix posix) {
    this.posix = posix;
    int own = posix.open(ownCgroup(), "/memory.events", Posix.O_RDONLY, 0);
    this.file = own >= 0 ? own : posix.open("/proc/vmstat", "", Posix.O_RDONLY, 0);
    this.key = "oom_kill ";
    this.readAt = System.nanoTime() - 2 * FRESH_NANOS;
  }

  /** The count as it was at most a tenth of a second ago. */
  long recent() {
    if (System.nanoTime() - readAt > FRESH_NANOS) {
      now();
    }
    return count;
  }

  /** The count as it is. */
  long now() {
    readAt = System.nanoTime();
    int length = posix.readFromStart(file, text.address, text.size());
    if (length > 0) {
      String lines = text.text(0, length);
      int at = lines.startsWith(key) ? 0 : lines.indexOf("\n" + key) + 1;
      int end = lines.indexOf('\n', at);
      if (lines.startsWith(key, at) && end > 0) {
        count = Long.parseLong(lines.substring(at + key.length(), end));
      }
    }
    return count;
  }

  private String ownCgroup() {
    int descriptor = posix.open("/proc/self/cgroup", "", Posix.O_RDONLY, 0);
    int length = descriptor < 0 ? 0 : posix.read(descriptor, text.address, text.size());
    posix.close(descriptor);
    String lines = length > 0 ? text.text(0, length) : "";
    int at = lines.startsWith("0::") ? 0 : lines.indexOf("\n0::") + 1;
    int end = lines.indexOf('\n', at);
    return lines.startsWith("0::", at) && end > 0
        ? "/sys/fs/cgroup" + lines.substring(at + 3, end)
        : "/sys/fs/cgroup";
  }
}
