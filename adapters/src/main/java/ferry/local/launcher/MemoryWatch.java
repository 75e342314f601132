package ferry.local.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Samples the memory of attempts that live longer than a quarter of a second: four times a second
 * while one is young or has a limit to be kept, else once, and less often where there are so many
 * processes that looking takes long.
 */
final class MemoryWatch {
  private static final long FIRST_NANOS = 250_000_000;
  private static final long UNLIMITED_NANOS = 1_000_000_000;
  private static final long YOUNG_NANOS = 2_000_000_000;
  private static final int SHARE_OF_TIME = 50;

  private final ProcessTable table;
  private long lastAt;
  private long lastTook;

  MemoryWatch(ProcessTable table) {
    this.table = table;
    this.lastAt = System.nanoTime();
  }

  /** When the next sample is due; there must be an attempt. */
  long dueAt(Collection<Attempt> attempts) {
    long pause = UNLIMITED_NANOS;
    for (Attempt attempt : attempts) {
      if (attempt.memoryLimitBytes > 0 || lastAt - attempt.startedNanos < YOUNG_NANOS) {
        pause = FIRST_NANOS;
        break;
      }
    }
    long next = lastAt + Math.max(pause, SHARE_OF_TIME * lastTook);
    long first = attempts.iterator().next().startedNanos + FIRST_NANOS;
    return next - first > 0 ? next : first;
  }

  /** Samples all attempts; those that have gone over their limit. */
  List<Attempt> sample(long now, Collection<Attempt> attempts) {
    List<ProcessEntry> all = table.all();
    List<Attempt> over = new ArrayList<>();
    for (Attempt attempt : attempts) {
      if (!attempt.hasEnded() && sample(attempt, all)) {
        over.add(attempt);
      }
    }
    lastAt = now;
    lastTook = System.nanoTime() - now;
    return over;
  }

  private boolean sample(Attempt attempt, List<ProcessEntry> all) {
    List<ProcessEntry> members = attempt.tree.membersByDescent(all);
    long bytes = 0;
    for (ProcessEntry member : members) {
      bytes += member.residentBytes();
    }
    boolean isOver = attempt.memoryLimitBytes > 0 && bytes > attempt.memoryLimitBytes;
    if (bytes > attempt.peakBytes && (members.size() > 1 || isOver)) {
      bytes = proportional(members);
    }
    attempt.peakBytes = Math.max(attempt.peakBytes, bytes);
    return isOver && bytes > attempt.memoryLimitBytes && !attempt.isBeingEnded();
  }

  private long proportional(List<ProcessEntry> members) {
    long bytes = 0;
    for (ProcessEntry member : members) {
      long share = table.proportionalBytes(member.pid());
      bytes += share < 0 ? member.residentBytes() : share;
    }
    return bytes;
  }
}
