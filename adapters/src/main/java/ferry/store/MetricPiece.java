package ferry.store;

import ferry.tracking.MetricSeries;
import java.nio.ByteBuffer;
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
    var in = ByteBuffer.wrap(body);
    byte version = in.get();
    if (version != VERSION) {
      throw Tree.unreadable("packed points of version " + version);
    }
    long at = 0;
    long step = 0;
    while (in.hasRemaining()) {
      at += readNumber(in);
      step += readNumber(in);
      to.add(step, at, in.getDouble());
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

  private static long readNumber(ByteBuffer in) {
    long number = 0;
    int shift = 0;
    byte next = in.get();
    while (next < 0) {
      number |= (long) (next & SEVEN_BITS) << shift;
      shift += 7;
      next = in.get();
    }
    number |= (long) next << shift;
    return (number >>> 1) ^ -(number & 1);
  }
}
