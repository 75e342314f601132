package ferry.local.launcher;

import java.util.List;

/**
 * The pipe between a process that knows secrets and its log: reads, masks, writes, and never waits.
 */
final class MaskedLog {
  private static final int CHUNK = 64 * 1024;
  private static final int CHUNKS_AT_ONCE = 16;

  private final Posix posix;
  private final NativeBlock block;
  private final Masker masker;
  private final int source;
  private final int log;
  private final byte[] chunk = new byte[CHUNK];
  private int failure;
  private boolean open = true;
  private boolean readable;

  /**
   * Takes over both descriptors.
   *
   * @param source the reading end of a pipe, set not to block
   */
  MaskedLog(Posix posix, NativeBlock block, int source, int log, List<String> secrets) {
    this.posix = posix;
    this.block = block;
    this.source = source;
    this.log = log;
    this.masker = new Masker(secrets);
  }

  int source() {
    return source;
  }

  void setReadable(boolean readable) {
    this.readable = readable;
  }

  boolean isReadable() {
    return readable;
  }

  boolean isOpen() {
    return open;
  }

  /**
   * The number of the first error in writing the log, below zero, or 0: output that cannot be
   * written is dropped.
   */
  int failure() {
    return failure;
  }

  /**
   * Passes on what is there, but not more than some MiB, so that others have their turn; whether
   * there may be more.
   */
  boolean pump() {
    for (int i = 0; i < CHUNKS_AT_ONCE && open; i++) {
      int count = posix.read(source, block.address, CHUNK);
      if (count == -Posix.EAGAIN || count == -Posix.EINTR) {
        return false;
      }
      if (count <= 0) {
        close();
        return false;
      }
      block.bytes.get(0, chunk, 0, count);
      write(masker.mask(chunk, count));
    }
    return open;
  }

  /** Passes on what is there and closes, whoever may still hold the other end. */
  void finish() {
    long end = System.nanoTime() + 2_000_000_000L;
    boolean more = open;
    while (more && System.nanoTime() - end < 0) {
      more = pump();
    }
    close();
  }

  private void close() {
    if (open) {
      open = false;
      write(masker.end());
      posix.close(source);
      posix.close(log);
    }
  }

  private void write(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += CHUNK) {
      int length = Math.min(CHUNK, bytes.length - at);
      block.bytes.put(0, bytes, at, length);
      int written = posix.writeFully(log, block.address, length);
      if (written < 0 && failure == 0) {
        failure = written;
      }
    }
  }
}
