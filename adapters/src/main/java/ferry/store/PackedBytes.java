package ferry.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that are put together: numbers take as many as they need, seven bits in each. */
final class PackedBytes {
  private static final int SEVEN_BITS = 0x7f;
  private static final int LONGEST_NUMBER = 10;

  private ByteBuffer out;

  /** With room for so many bytes; more is made where it is needed. */
  PackedBytes(int room) {
    out = ByteBuffer.allocate(Math.max(16, room));
  }

  void octet(int octet) {
    ensure(1);
    out.put((byte) octet);
  }

  /** A whole number, of which small ones of either sign are short. */
  void number(long number) {
    ensure(LONGEST_NUMBER);
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~SEVEN_BITS) != 0) {
      out.put((byte) (rest & SEVEN_BITS | SEVEN_BITS + 1));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  void real(double real) {
    ensure(Double.BYTES);
    out.putDouble(real);
  }

  void bytes(byte[] bytes) {
    ensure(bytes.length);
    out.put(bytes);
  }

  private void ensure(int more) {
    if (out.remaining() < more) {
      var larger = Math.max(out.position() + more, out.capacity() * 2);
      out = ByteBuffer.wrap(Arrays.copyOf(out.array(), larger)).position(out.position());
    }
  }

  byte[] toArray() {
    return Arrays.copyOf(out.array(), out.position());
  }
}
