package ferry.local.launcher;

import java.time.Duration;
import java.util.List;

/**
 * The processes of an attempt whose launcher is not ours: it was killed, or an earlier server
 * started it. They are found by {@code FERRY_ATTEMPT} in their environment, by session, group and
 * descent; no state but the claim is needed.
 */
public final class OrphanedTree {
  private final Posix posix = new Posix();
  private final ProcessTable table = new ProcessTable(posix);
  private final ProcessTree tree;

  /**
   * The tree of an attempt.
   *
   * @param pid the first process as the claim names it, or 0 if it does not
   * @param start that process's start in clock ticks
   */
  public OrphanedTree(String attempt, long pid, long start) {
    tree = new ProcessTree(table, attempt, pid, start, new NoOrphans());
  }

  /** The processes that live. */
  public List<Long> pids() {
    return tree.members(table.all()).stream().map(ProcessEntry::pid).toList();
  }

  /**
   * Ends the tree: TERM, then KILL after the grace. Waits until nothing is left; false if some
   * processes cannot be killed.
   */
  public boolean end(Duration grace) throws InterruptedException {
    TreeEnding ending = new TreeEnding(posix, table, tree, grace.toMillis());
    while (!ending.step(System.nanoTime())) {
      Thread.sleep(Duration.ofNanos(Math.max(1, ending.dueAt() - System.nanoTime())));
    }
    return ending.left() == 0;
  }

  private static final class NoOrphans implements ProcessTree.Orphans {
    @Override
    public boolean isOurs(ProcessEntry orphan, String mark) {
      return false;
    }
  }
}
