package ferry.store;

import ferry.tracking.MetricSeries;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Points packed into bytes: a version byte, then for each point the differences of its time and its
 * step to those of the one before it, as variable-length integers, and the eight bytes of its
 * value. Usually ten to twelve bytes a point.
 */
final class MetricPiece {
  private static final byte VERSION = 1;
  private static final int MOST_PER_POINT = 28;
  private static final int SEVEN_BITS = 0x7f;

  /** As {@link ByteBuffer} writes them, read without one: a million points are a chart's. */
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);

  private MetricPiece() {}

  static byte[] write(MetricSeries points) {
    var out = ByteBuffer.allocate(1 + MOST_PER_POINT * points.size());
    out.put(VERSION);
    long at = 0;
    long step = 0;
    for (int i = 0; i < points.size(); i++) {
      writeNumber(out, points.atMillis(i) - at);
      writeNumber(out, points.step(i) - step);
      out.putDouble(points.value(i));
      at = points.atMillis(i);
      step = points.step(i);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** A few points that are kept with their series; null for none. */
  static byte @Nullable [] writeTail(MetricSeries points) {
    return points.size() == 0 ? null : write(points);
  }

  static MetricSeries tail(byte @Nullable [] body) {
    if (body == null) {
      return MetricSeries.empty();
    }
    var points = new MetricSeries(8);
    read(body, points);
    return points;
  }

  /** Appends the points of a piece to a series. */
  static void read(byte[] body, MetricSeries to) {
    if (body[0] != VERSION) {
      throw Tree.unreadable("packed points of version " + body[0]);
    }
    long at = 0;
    long step = 0;
    int place = 1;
    while (place < body.length) {
      at += number(body, place);
      place = after(body, place);
      step += number(body, place);
      place = after(body, place);
      to.add(step, at, (double) DOUBLES.get(body, place));
      place += Double.BYTES;
    }
  }

  private static void writeNumber(ByteBuffer out, long number) {
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~SEVEN_BITS) != 0) {
      out.put((byte) (rest & SEVEN_BITS | SEVEN_BITS + 1));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long number(byte[] body, int from) {
    long number = body[from] & SEVEN_BITS;
    int shift = 7;
    for (int i = from; body[i] < 0; i++) {
      number |= (long) (body[i + 1] & SEVEN_BITS) << shift;
      shift += 7;
    }
    return (number >>> 1) ^ -(number & 1);
  }

  private static int after(byte[] body, int from) {
    int i = from;
    while (body[i] < 0) {
      i++;
    }
    return i + 1;
  }
}
