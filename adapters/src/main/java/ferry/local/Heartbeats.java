package ferry.local;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells from changing contents whether something lives that this machine cannot see. A content
 * counts as fresh until it has been seen unchanged for a while on a clock that never jumps; no
 * other machine's clock is believed.
 */
final class Heartbeats {
  private final Map<String, Beat> beats = new HashMap<>();
  private final long windowNanos;
  private final LongSupplier nanoTime;

  private record Beat(String content, long since) {}

  Heartbeats(Duration window, LongSupplier nanoTime) {
    this.windowNanos = window.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Whether what beats under that name may live, given what it says now. */
  synchronized boolean isFresh(String name, String content) {
    long now = nanoTime.getAsLong();
    Beat last = beats.get(name);
    if (last == null || !last.content().equals(content)) {
      beats.put(name, new Beat(content, now));
      return windowNanos > 0;
    }
    return now - last.since() < windowNanos;
  }
}
