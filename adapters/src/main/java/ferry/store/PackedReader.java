package ferry.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link PackedBytes} put together, without a buffer: a million points are a chart's.
 */
final class PackedReader {
  private static final int SEVEN_BITS = 0x7f;
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] body;
  private int place;

  PackedReader(byte[] body) {
    this.body = body;
  }

  boolean hasMore() {
    return place < body.length;
  }

  int octet() {
    return body[place++];
  }

  long number() {
    byte next = body[place++];
    long number = next & SEVEN_BITS;
    for (int shift = 7; next < 0; shift += 7) {
      next = body[place++];
      number |= (long) (next & SEVEN_BITS) << shift;
    }
    return (number >>> 1) ^ -(number & 1);
  }

  double real() {
    double real = (double) DOUBLES.get(body, place);
    place += Double.BYTES;
    return real;
  }

  String text(int bytes) {
    var text = new String(body, place, bytes, StandardCharsets.UTF_8);
    place += bytes;
    return text;
  }
}
