package ferry.local.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The end of a process tree in progress: TERM to every member, also to those that appear later;
 * after the grace KILL, again and again until nothing is left. It does not wait: whoever holds it
 * calls {@link #step} when due.
 */
final class TreeEnding {
  private static final long FIRST_PAUSE_NANOS = 2_000_000;
  private static final long LONGEST_PAUSE_NANOS = 50_000_000;
  private static final long GIVE_UP_NANOS = 20_000_000_000L;

  private final Posix posix;
  private final ProcessTable table;
  private final ProcessTree tree;
  private final long killAt;
  private final Map<Long, Long> asked = new HashMap<>();
  private long pause = FIRST_PAUSE_NANOS;
  private long dueAt;
  private List<ProcessEntry> left = List.of();

  TreeEnding(Posix posix, ProcessTable table, ProcessTree tree, long graceMillis) {
    this.posix = posix;
    this.table = table;
    this.tree = tree;
    this.dueAt = System.nanoTime();
    this.killAt = dueAt + graceMillis * 1_000_000;
  }

  /** When {@link #step} is due, on the clock of {@link System#nanoTime}. */
  long dueAt() {
    return dueAt;
  }

  /** Does what is due; whether it is over: nothing is left, or what is left cannot be killed. */
  boolean step(long now) {
    left = tree.members(table.all());
    if (left.isEmpty() || now - killAt > GIVE_UP_NANOS) {
      return true;
    }
    for (ProcessEntry member : left) {
      if (now - killAt >= 0) {
        signal(member, Posix.SIGKILL);
      } else if (asked.put(member.pid(), member.start()) == null) {
        signal(member, Posix.SIGTERM);
        signal(member, Posix.SIGCONT);
      }
    }
    dueAt = now + pause;
    if (now - killAt < 0 && dueAt - killAt > 0) {
      dueAt = killAt;
    }
    pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    return false;
  }

  /** When what is left is killed. */
  long killAt() {
    return killAt;
  }

  /** Makes {@link #step} due at that time. */
  void postpone(long until) {
    dueAt = until;
  }

  /** How many processes {@link #step} found last. */
  int left() {
    return left.size();
  }

  private void signal(ProcessEntry member, int signal) {
    if (table.start(member.pid()) == member.start()) {
      posix.kill(member.pid(), signal);
    }
  }
}
