package ferry.server.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, by method and the first digit of the answer's status. */
public final class HttpMeter {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Map<Labels, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder nanos = new LongAdder();
  private final AtomicInteger open = new AtomicInteger();

  /**
   * What requests are told apart by.
   *
   * @param status 1 to 5, or 0 where none was answered
   */
  public record Labels(String method, int status) implements Comparable<Labels> {
    @Override
    public int compareTo(Labels other) {
      int byMethod = method.compareTo(other.method);
      return byMethod != 0 ? byMethod : Integer.compare(status, other.status);
    }
  }

  void begin() {
    open.incrementAndGet();
  }

  void end(String method, int status, long took) {
    open.decrementAndGet();
    nanos.add(took);
    var known = METHODS.contains(method) ? method : "other";
    counts
        .computeIfAbsent(new Labels(known, Math.max(0, status) / 100), _ -> new LongAdder())
        .increment();
  }

  /** In a fixed order. */
  public Map<Labels, Long> counts() {
    var all = new TreeMap<Labels, Long>();
    counts.forEach((labels, count) -> all.put(labels, count.sum()));
    return all;
  }

  public double seconds() {
    return nanos.sum() / 1e9;
  }

  public int open() {
    return open.get();
  }
}
