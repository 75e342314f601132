package ferry.local.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Samples the memory of attempts: a few times in their first quarter of a second, then four times a
 * second while one is young or has a limit to be kept, else once, and less often where there are so
 * many processes that looking takes long. Of an attempt that is one process the kernel knows the
 * peak until the sample, of several only what they hold at that moment.
 */
final class MemoryWatch {
  private static final long[] EARLY_NANOS = {15_000_000, 50_000_000, 120_000_000};
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
    long due = regularAt(attempts);
    for (Attempt attempt : attempts) {
      if (isEarly(attempt)) {
        long early = attempt.startedNanos + EARLY_NANOS[attempt.earlySamples];
        due = early - due < 0 ? early : due;
      }
    }
    return due;
  }

  private static boolean isEarly(Attempt attempt) {
    return attempt.earlySamples < EARLY_NANOS.length && !attempt.hasEnded();
  }

  private long regularAt(Collection<Attempt> attempts) {
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

  /** Samples what is due; the attempts that have gone over their limit. */
  List<Attempt> sample(long now, Collection<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      if (isEarly(attempt) && now - attempt.startedNanos >= EARLY_NANOS[attempt.earlySamples]) {
        attempt.earlySamples++;
        keepPeak(attempt, table.family(attempt.pid));
      }
    }
    return now - regularAt(attempts) < 0 ? List.of() : sampleAll(now, attempts);
  }

  private List<Attempt> sampleAll(long now, Collection<Attempt> attempts) {
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
    long bytes = keepPeak(attempt, attempt.tree.membersByDescent(all));
    return attempt.memoryLimitBytes > 0
        && bytes > attempt.memoryLimitBytes
        && !attempt.isBeingEnded();
  }

  /** What they hold now, counted more closely where that would be a new peak or too much. */
  private long keepPeak(Attempt attempt, List<ProcessEntry> members) {
    long bytes = 0;
    for (ProcessEntry member : members) {
      bytes += member.residentBytes();
    }
    boolean isOver = attempt.memoryLimitBytes > 0 && bytes > attempt.memoryLimitBytes;
    if (isOver || members.size() > 1 && bytes > attempt.peakBytes) {
      bytes = proportional(members);
    }
    long peak = members.size() == 1 ? table.peakBytes(members.getFirst().pid()) : bytes;
    attempt.peakBytes = Math.max(attempt.peakBytes, Math.max(bytes, peak));
    return bytes;
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
