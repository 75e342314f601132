package ferry.local.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Samples the memory of attempts. What descends from an attempt's process is looked at often: first
 * after 15 ms, then after half of its age again, and at least each second. All processes of the
 * machine, among which those are that have left the family, are looked through four times a second
 * while an attempt is young or has a limit to be kept, else once, and less often where there are so
 * many that this takes long. Of an attempt that is one process the kernel knows the peak until the
 * sample, of several only what they hold at that moment.
 */
final class MemoryWatch {
  private static final long FAMILY_FIRST_NANOS = 15_000_000;
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
    long due = allAt(attempts);
    for (Attempt attempt : attempts) {
      if (!attempt.hasEnded() && familyAt(attempt) - due < 0) {
        due = familyAt(attempt);
      }
    }
    return due;
  }

  private static long familyAt(Attempt attempt) {
    return attempt.startedNanos + Math.max(attempt.nextSampleAge, FAMILY_FIRST_NANOS);
  }

  private long allAt(Collection<Attempt> attempts) {
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
      if (!attempt.hasEnded() && now - familyAt(attempt) >= 0) {
        long age = now - attempt.startedNanos;
        attempt.nextSampleAge = age + Math.min(age / 2, UNLIMITED_NANOS);
        keepPeak(attempt, table.family(attempt.pid));
      }
    }
    return now - allAt(attempts) < 0 ? List.of() : sampleAll(now, attempts);
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
    List<ProcessEntry> members = attempt.tree.membersByDescent(all);
    long bytes = keepPeak(attempt, members);
    long ticks = 0;
    for (ProcessEntry member : members) {
      ticks += member.cpuTicks();
    }
    attempt.trail.take(System.nanoTime(), ticks, bytes);
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
