package ferry.tracking;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Points of one key, as columns: millions of them fit. Not changed once it is handed out. */
public final class MetricSeries {
  private static final MetricSeries EMPTY = new MetricSeries(0);

  private long[] steps;
  private long[] times;
  private double[] values;
  private int size;

  /** An empty one, with room for some points. */
  public MetricSeries(int room) {
    steps = new long[room];
    times = new long[room];
    values = new double[room];
  }

  public static MetricSeries empty() {
    return EMPTY;
  }

  public static MetricSeries of(List<Metric> points) {
    var series = new MetricSeries(points.size());
    points.forEach(point -> series.add(point.step(), point.atMillis(), point.value()));
    return series;
  }

  /** Adds a point at the end. */
  public void add(long step, long atMillis, double value) {
    if (size == steps.length) {
      int room = Math.max(16, size * 2);
      steps = Arrays.copyOf(steps, room);
      times = Arrays.copyOf(times, room);
      values = Arrays.copyOf(values, room);
    }
    steps[size] = step;
    times[size] = atMillis;
    values[size] = value;
    size++;
  }

  public void addAll(MetricSeries others) {
    for (int i = 0; i < others.size; i++) {
      add(others.steps[i], others.times[i], others.values[i]);
    }
  }

  public int size() {
    return size;
  }

  public long step(int i) {
    return steps[i];
  }

  public long atMillis(int i) {
    return times[i];
  }

  public double value(int i) {
    return values[i];
  }

  public Metric metric(String key, int i) {
    return new Metric(key, values[i], steps[i], Instant.ofEpochMilli(times[i]));
  }

  public List<Metric> metrics(String key) {
    return IntStream.range(0, size).mapToObj(i -> metric(key, i)).toList();
  }

  /** The points from one to before another. */
  public MetricSeries range(int from, int to) {
    return at(IntStream.range(from, to).toArray());
  }

  /** The points that are meant, in their order. */
  public MetricSeries where(IntPredicate isMeant) {
    return at(IntStream.range(0, size).filter(isMeant).toArray());
  }

  private MetricSeries at(int[] places) {
    var some = new MetricSeries(places.length);
    for (int i : places) {
      some.add(steps[i], times[i], values[i]);
    }
    return some;
  }

  /** By time, then step, then value, with what is not a number last. */
  public MetricSeries sorted() {
    for (int i = 1; i < size; i++) {
      if (compare(i - 1, i) > 0) {
        return at(
            IntStream.range(0, size)
                .boxed()
                .sorted(this::compare)
                .mapToInt(Integer::intValue)
                .toArray());
      }
    }
    return this;
  }

  /** As {@link #sorted}, each point once; whether a zero has a sign tells no points apart. */
  public MetricSeries distinct() {
    var all = sorted();
    for (int i = 1; i < all.size; i++) {
      if (all.isRepeated(i)) {
        return all.where(place -> place == 0 || !all.isRepeated(place));
      }
    }
    return all;
  }

  /** Whether the point before it is the same. */
  private boolean isRepeated(int i) {
    return steps[i - 1] == steps[i]
        && times[i - 1] == times[i]
        && Double.compare(values[i - 1] + 0.0, values[i] + 0.0) == 0;
  }

  /** By step, then time: how a chart over steps wants them. */
  public MetricSeries byStep() {
    Comparator<Integer> order = Comparator.comparingLong((Integer i) -> steps[i]);
    for (int i = 1; i < size; i++) {
      if (steps[i - 1] > steps[i]) {
        return at(
            IntStream.range(0, size)
                .boxed()
                .sorted(order.thenComparing(this::compare))
                .mapToInt(Integer::intValue)
                .toArray());
      }
    }
    return this;
  }

  private int compare(int a, int b) {
    int order = Long.compare(times[a], times[b]);
    order = order == 0 ? Long.compare(steps[a], steps[b]) : order;
    return order == 0 ? Double.compare(values[a], values[b]) : order;
  }

  /** So many of the points, evenly spread, with the first and the last one; the last if one. */
  public MetricSeries sampled(int most) {
    if (size <= most) {
      return this;
    }
    if (most == 1) {
      return range(size - 1, size);
    }
    return at(
        IntStream.range(0, most)
            .map(i -> (int) ((long) i * (size - 1) / (most - 1)))
            .distinct()
            .toArray());
  }

  /**
   * At most so many points that draw the same line: of each stretch of equal length its first, its
   * lowest, its highest and its last one (M4: Jugel and others, VLDB 2014).
   *
   * @param most at least 4
   */
  public MetricSeries thinned(int most) {
    if (size <= most) {
      return this;
    }
    int stretches = Math.max(1, most / 4);
    var places = new int[stretches * 4];
    int count = 0;
    for (int stretch = 0; stretch < stretches; stretch++) {
      int from = (int) ((long) size * stretch / stretches);
      int to = (int) ((long) size * (stretch + 1) / stretches);
      count = corners(from, to, places, count);
    }
    return at(Arrays.copyOf(places, count));
  }

  private int corners(int from, int to, int[] places, int count) {
    int low = from;
    int high = from;
    for (int i = from + 1; i < to; i++) {
      low = Double.isNaN(values[low]) || values[i] < values[low] ? i : low;
      high = Double.isNaN(values[high]) || values[i] > values[high] ? i : high;
    }
    int next = count;
    int[] corners = {from, Math.min(low, high), Math.max(low, high), to - 1};
    for (int corner : corners) {
      if (next == count || places[next - 1] < corner) {
        places[next++] = corner;
      }
    }
    return next;
  }
}
