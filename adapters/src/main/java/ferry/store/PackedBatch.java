package ferry.store;

import ferry.tracking.Metric;
import ferry.tracking.MetricSeries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Points of several keys packed into bytes, as they came: a version byte, then for each point the
 * number of its key, the differences of its time and step to those of the point before it, and its
 * value. A key is written where its number is first used.
 */
final class PackedBatch {
  private static final byte VERSION = 1;
  private static final int USUAL_PER_POINT = 16;

  private PackedBatch() {}

  static byte[] write(List<Metric> points) {
    var out = new PackedBytes(1 + USUAL_PER_POINT * points.size());
    var keys = new HashMap<String, Integer>();
    out.octet(VERSION);
    long at = 0;
    long step = 0;
    for (var point : points) {
      Integer known = keys.putIfAbsent(point.key(), keys.size());
      out.number(known == null ? keys.size() - 1 : known);
      if (known == null) {
        var text = point.key().getBytes(StandardCharsets.UTF_8);
        out.number(text.length);
        out.bytes(text);
      }
      out.number(point.atMillis() - at);
      out.number(point.step() - step);
      out.real(point.value());
      at = point.atMillis();
      step = point.step();
    }
    return out.toArray();
  }

  /** Appends the points to the series of their keys. */
  static void read(byte[] body, Map<String, MetricSeries> to) {
    var in = new PackedReader(body);
    int version = in.octet();
    if (version != VERSION) {
      throw Tree.unreadable("a packed batch of version " + version);
    }
    var series = new ArrayList<MetricSeries>();
    long at = 0;
    long step = 0;
    while (in.hasMore()) {
      int key = (int) in.number();
      if (key == series.size()) {
        var name = in.text((int) in.number());
        series.add(to.computeIfAbsent(name, _ -> new MetricSeries(1)));
      }
      at += in.number();
      step += in.number();
      series.get(key).add(step, at, in.real());
    }
  }
}
