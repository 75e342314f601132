package ferry.collect;

import ferry.collect.LogMetrics.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * A page in Prometheus' format that a run answers; a value counts when it is another than before.
 */
final class PageBeside implements Beside {
  private static final long EVERY = Duration.ofSeconds(1).toNanos();

  private static final int MOST_NAMES = 200;

  private final Outside outside;
  private final String address;
  private final LongSupplier nanos;
  private final String part;
  private final Map<String, Double> last = new HashMap<>();
  private long next;

  /**
   * @param nanos tells the time, as {@link System#nanoTime}
   */
  PageBeside(Outside outside, String address, LongSupplier nanos) {
    this.outside = outside;
    this.address = address;
    this.nanos = nanos;
    this.next = nanos.getAsLong();
    this.part = "page/" + next; // what was seen by an earlier server cannot be seen again
  }

  @Override
  public void read(BiConsumer<String, List<Found>> told) {
    if (nanos.getAsLong() - next < 0) {
      return;
    }
    next = nanos.getAsLong() + EVERY;
    var found = new ArrayList<Found>();
    for (var sighting : outside.get(address).map(PrometheusPage::read).orElse(List.of())) {
      var before = last.put(sighting.key(), sighting.value());
      if (before == null || Double.compare(before, sighting.value()) != 0) {
        found.add(new Found(Collecting.PAGE, 0, sighting));
      }
    }
    told.accept(part, found);
  }

  @Override
  public List<String> names() {
    return last.keySet().stream().sorted().limit(MOST_NAMES).toList();
  }
}
