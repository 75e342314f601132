package ferry.local.launcher;

import java.util.Map;

/**
 * Whose an orphan is that has left its session and its environment behind, or names an attempt that
 * is not ours: it belongs to the one attempt that ran when it was born. Where several ran, it ends
 * with the last of them.
 */
final class UnmarkedOrphans implements ProcessTree.Orphans {
  private final Map<String, Attempt> attempts;
  private final String attempt;
  private final long start;

  UnmarkedOrphans(Map<String, Attempt> attempts, String attempt, long start) {
    this.attempts = attempts;
    this.attempt = attempt;
    this.start = start;
  }

  @Override
  public boolean isOurs(ProcessEntry orphan, String mark) {
    if (attempts.containsKey(mark) || orphan.start() < start) {
      return false;
    }
    for (Attempt other : attempts.values()) {
      boolean isFirstProcess = other.pid == orphan.pid();
      boolean mayBeItsOwner = !other.id.equals(attempt) && other.start <= orphan.start();
      if (isFirstProcess || mayBeItsOwner) {
        return false;
      }
    }
    return true;
  }
}
