package ferry.local.launcher;

/** The descriptors that the launcher waits for, as {@code poll} wants them. */
final class PollSet {
  private static final int ENTRY_BYTES = 8;

  private final Posix posix;
  private NativeBlock entries = new NativeBlock(64 * ENTRY_BYTES);
  private int count;

  PollSet(Posix posix) {
    this.posix = posix;
  }

  void clear() {
    count = 0;
    entries.bytes.clear();
  }

  /** Adds a descriptor; its index. */
  int add(int descriptor, short events) {
    if (entries.bytes.remaining() < ENTRY_BYTES) {
      NativeBlock larger = new NativeBlock(entries.size() * 2);
      larger.bytes.put(entries.bytes.flip());
      entries = larger;
    }
    entries.bytes.putInt(descriptor).putShort(events).putShort((short) 0);
    return count++;
  }

  int size() {
    return count;
  }

  /** Waits until one is ready, the time has passed, or a signal came. */
  void await(int timeoutMillis) {
    if (posix.poll(entries.address, count, timeoutMillis) < 0) {
      clear();
    }
    entries.bytes.clear();
  }

  /** Whether the descriptor added with that index is ready, or broken. */
  boolean isReady(int index) {
    return index < count && entries.bytes.getShort(index * ENTRY_BYTES + 6) != 0;
  }
}
