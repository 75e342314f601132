package ferry.collect;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Goes through the fields of one protobuf message, in the order in which they were written. */
final class Protobuf {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteBuffer in;
  private int field;
  private long number;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  Protobuf(ByteBuffer message) {
    in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field; false at the end, and where the message cannot be read on. */
  boolean next() {
    try {
      return in.hasRemaining() && read();
    } catch (BufferUnderflowException | IndexOutOfBoundsException _) {
      return false;
    }
  }

  private boolean read() {
    long key = varint();
    field = (int) (key >>> 3);
    bytes = ByteBuffer.allocate(0);
    switch ((int) (key & 7)) {
      case VARINT -> number = varint();
      case EIGHT_BYTES -> number = in.getLong();
      case FOUR_BYTES -> number = in.getInt();
      case LENGTH -> {
        int length = Math.toIntExact(Math.clamp(varint(), 0, Integer.MAX_VALUE));
        bytes = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    return value;
  }

  /** The number of the field. */
  int field() {
    return field;
  }

  long whole() {
    return number;
  }

  double real64() {
    return Double.longBitsToDouble(number);
  }

  double real32() {
    return Float.intBitsToFloat((int) number);
  }

  ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  String text() {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
