package ferry.local.launcher;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A block of native memory with a fixed address, read and written through a {@link ByteBuffer}: the
 * var handles of memory segments would cost some 10 ms at start.
 */
final class NativeBlock {
  final ByteBuffer bytes;
  final long address;

  NativeBlock(int size) {
    bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    address = MemorySegment.ofBuffer(bytes).address();
  }

  int size() {
    return bytes.capacity();
  }

  /** The address of the next byte to be put. */
  long here() {
    return address + bytes.position();
  }

  /** Puts the text as UTF-8 without a terminator. */
  void put(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes.put(text.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes.put((byte) c);
    }
  }

  /** Empties the block and puts the text, ended by a zero byte; returns its address. */
  long zeroTerminated(String text) {
    return zeroTerminated(text, "");
  }

  /**
   * As {@link #zeroTerminated(String)}, for a directory and a name in it that begins with a slash.
   */
  long zeroTerminated(String start, String end) {
    bytes.clear();
    put(start);
    put(end);
    bytes.put((byte) 0);
    return address;
  }

  /** The bytes of a range as UTF-8 text. */
  String text(int from, int length) {
    byte[] copy = new byte[length];
    bytes.get(from, copy);
    return new String(copy, StandardCharsets.UTF_8);
  }
}
