package ferry.local.launcher;

import java.nio.ByteBuffer;

/**
 * The reports on their way to the server: collected, then written together. They never wait, and a
 * server that left is no error.
 */
final class Reports {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private final Posix posix;
  private final int descriptor;
  private NativeBlock block = new NativeBlock(64 * 1024);
  private boolean broken;

  /**
   * Takes standard output for the reports alone: whatever else is printed there goes to standard
   * error from now on.
   */
  Reports(Posix posix) {
    this.posix = posix;
    this.descriptor = posix.duplicate(STDOUT);
    posix.redirect(STDERR, STDOUT);
    posix.doNotBlock(descriptor);
  }

  /** What reports are written to. */
  int descriptor() {
    return descriptor;
  }

  void ready(String launcher) {
    put(Wire.READY, launcher, "");
  }

  void started(String attempt, long pid, long millis) {
    int start = begin(Wire.STARTED, attempt.length() * 3 + 64);
    text(attempt);
    block.bytes.putLong(pid).putLong(millis);
    end(start);
  }

  void ended(String attempt, String record) {
    put(Wire.ENDED, attempt, record);
  }

  void refused(String attempt, String reason) {
    put(Wire.REFUSED, attempt, reason);
  }

  void problem(String words) {
    put(Wire.PROBLEM, words, "");
  }

  /** Whether there is something that the pipe had no room for. */
  boolean isWaiting() {
    return block.bytes.position() > 0;
  }

  /** Writes as much as the pipe takes. */
  void flush() {
    ByteBuffer bytes = block.bytes;
    int length = bytes.position();
    if (length == 0) {
      return;
    }
    int written = broken ? length : posix.write(descriptor, block.address, length);
    if (written == -Posix.EAGAIN || written == -Posix.EINTR) {
      return;
    }
    if (written < 0) {
      broken = true;
      written = length;
    }
    bytes.limit(length).position(written);
    bytes.compact();
  }

  private void put(byte kind, String first, String second) {
    int start = begin(kind, (first.length() + second.length()) * 3 + 64);
    text(first);
    if (kind == Wire.ENDED || kind == Wire.REFUSED) {
      text(second);
    }
    end(start);
  }

  private int begin(byte kind, int room) {
    while (block.bytes.remaining() < room) {
      NativeBlock larger = new NativeBlock(block.size() * 2);
      larger.bytes.put(block.bytes.flip());
      block = larger;
    }
    int start = block.bytes.position();
    block.bytes.putInt(0).put(kind);
    return start;
  }

  private void text(String text) {
    ByteBuffer bytes = block.bytes;
    int start = bytes.position();
    bytes.putInt(0);
    block.put(text);
    bytes.putInt(start, bytes.position() - start - Integer.BYTES);
    bytes.put((byte) 0);
  }

  private void end(int start) {
    block.bytes.putInt(start, block.bytes.position() - start - Integer.BYTES);
  }
}
