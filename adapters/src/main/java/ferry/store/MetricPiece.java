package ferry.store;

import ferry.tracking.MetricSeries;
import org.jspecify.annotations.Nullable;

/**
 * Points packed into bytes: a version byte, then for each point the differences of its time and its
 * step to those of the one before it, as variable-length integers, and the eight bytes of its
 * value. Usually ten to twelve bytes a point.
 */
final class MetricPiece {
  private static final byte VERSION = 1;
  private static final int USUAL_PER_POINT = 14;

  private MetricPiece() {}

  static byte[] write(MetricSeries points) {
    var out = new PackedBytes(1 + USUAL_PER_POINT * points.size());
    out.octet(VERSION);
    long at = 0;
    long step = 0;
    for (int i = 0; i < points.size(); i++) {
      out.number(points.atMillis(i) - at);
      out.number(points.step(i) - step);
      out.real(points.value(i));
      at = points.atMillis(i);
      step = points.step(i);
    }
    return out.toArray();
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
    var in = new PackedReader(body);
    int version = in.octet();
    if (version != VERSION) {
      throw Tree.unreadable("packed points of version " + version);
    }
    long at = 0;
    long step = 0;
    while (in.hasMore()) {
      at += in.number();
      step += in.number();
      to.add(step, at, in.real());
    }
  }
}
