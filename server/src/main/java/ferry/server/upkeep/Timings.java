package ferry.server.upkeep;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How long something took each time, counted in ranges. Any thread may add. */
public final class Timings {
  /** Upper ends of the ranges, in seconds. */
  private static final double[] ENDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final AtomicLongArray counts = new AtomicLongArray(ENDS.length + 1);
  private final LongAdder nanos = new LongAdder();

  public void add(long took) {
    nanos.add(took);
    int range = 0;
    while (range < ENDS.length && took > ENDS[range] * 1e9) {
      range++;
    }
    counts.incrementAndGet(range);
  }

  /** As a histogram of Prometheus. */
  void write(MetricsText text, String name, String help) {
    text.head(name, "histogram", help);
    long sum = 0;
    for (int i = 0; i < ENDS.length; i++) {
      sum += counts.get(i);
      text.value(name + "_bucket{le=\"" + MetricsText.number(ENDS[i]) + "\"}", sum);
    }
    sum += counts.get(ENDS.length);
    text.value(name + "_bucket{le=\"+Inf\"}", sum);
    text.value(name + "_sum", nanos.sum() / 1e9);
    text.value(name + "_count", sum);
  }
}
