package ferry.local.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the attempts that run: notices their end, ends what they leave behind, keeps their limits
 * of time and memory.
 */
final class Supervisor {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long WITHOUT_DESCRIPTOR_NANOS = 20_000_000;

  private final Posix posix;
  private final ProcessTable table;
  private final Reports reports;
  private final Finisher finisher;
  private final Adopted adopted;
  private final OomKills oomKills;
  private final MemoryWatch memory;
  private final Map<String, Attempt> attempts = new LinkedHashMap<>();
  private final List<Attempt> finished = new ArrayList<>();

  Supervisor(
      Posix posix, ProcessTable table, Reports reports, Finisher finisher, OomKills oomKills) {
    this.posix = posix;
    this.table = table;
    this.reports = reports;
    this.adopted = new Adopted(posix, table);
    this.oomKills = oomKills;
    this.memory = new MemoryWatch(table);
    this.finisher = finisher;
  }

  Collection<Attempt> attempts() {
    return attempts.values();
  }

  /** Takes over an attempt whose process was just started. */
  void started(LaunchRequest request, Attempt.FirstProcess process, @Nullable MaskedLog masked) {
    ProcessTree.Orphans orphans = new UnmarkedOrphans(attempts, request.attempt(), process.start());
    ProcessTree tree =
        new ProcessTree(table, request.attempt(), process.pid(), process.start(), orphans);
    Attempt attempt = new Attempt(request, tree, process, oomKills.recent());
    attempt.masked = masked;
    attempts.put(attempt.id, attempt);
    reports.started(attempt.id, attempt.pid, attempt.startedMillis);
  }

  /**
   * Ends an attempt's tree because somebody asked for it, sooner if it is being ended already; else
   * nothing.
   */
  void stop(String id, long graceMillis) {
    Attempt attempt = attempts.get(id);
    if (attempt == null) {
      return;
    }
    TreeEnding earlier = attempt.ending;
    TreeEnding ending = new TreeEnding(posix, table, attempt.tree, graceMillis);
    if (earlier == null) {
      attempt.cause = ExitCause.STOPPED;
      attempt.ending = ending;
    } else if (ending.killAt() - earlier.killAt() < 0) {
      attempt.ending = ending;
    }
  }

  /** Does everything that is due. */
  void work(long now) {
    if (attempts.isEmpty()) {
      return;
    }
    if (now - memory.dueAt(attempts.values()) >= 0) {
      for (Attempt attempt : memory.sample(now, attempts.values())) {
        end(attempt, ExitCause.MEMORY, 0);
      }
      adopted.reapAndCheck(attempts.values());
    }
    for (Attempt attempt : attempts.values()) {
      work(attempt, now);
    }
    for (Attempt attempt : finished) {
      attempts.remove(attempt.id);
    }
    finished.clear();
  }

  private void work(Attempt attempt, long now) {
    MaskedLog masked = attempt.masked;
    if (masked != null && masked.isReadable()) {
      masked.pump();
    }
    if (attempt.mayHaveEnded && posix.reap(attempt.pid) == attempt.pid) {
      mainEnded(attempt, now);
    } else if (isOverTime(attempt, now)) {
      end(attempt, ExitCause.TIMEOUT, attempt.graceMillis);
    }
    TreeEnding ending = attempt.ending;
    if (ending != null && now - ending.dueAt() >= 0) {
      continueEnding(attempt, ending, now);
    }
  }

  private static boolean isOverTime(Attempt attempt, long now) {
    return attempt.timeoutAt != 0
        && now - attempt.timeoutAt >= 0
        && !attempt.hasEnded()
        && !attempt.isBeingEnded();
  }

  private void end(Attempt attempt, ExitCause cause, long graceMillis) {
    attempt.cause = cause;
    attempt.ending = new TreeEnding(posix, table, attempt.tree, graceMillis);
    attempt.ending.postpone(System.nanoTime());
  }

  private void mainEnded(Attempt attempt, long now) {
    finisher.collect(attempt);
    TreeEnding ending = attempt.ending;
    if (ending != null) {
      ending.postpone(now);
    } else if (adopted.reapAndCheck(attempts.values())) {
      attempt.ending = new TreeEnding(posix, table, attempt.tree, attempt.graceMillis);
      attempt.ending.postpone(now);
    } else {
      finish(attempt);
    }
  }

  private void continueEnding(Attempt attempt, TreeEnding ending, long now) {
    adopted.reapAndCheck(attempts.values());
    boolean over = ending.step(now);
    if (over && attempt.hasEnded()) {
      if (ending.left() > 0) {
        attempt.words = ending.left() + " of its processes could not be killed";
      }
      finish(attempt);
    } else if (over) {
      ending.postpone(now + 20_000_000);
    }
  }

  private void finish(Attempt attempt) {
    finisher.finish(attempt);
    finished.add(attempt);
  }

  /**
   * In how many nanoseconds {@link #work} is due again, at the latest; the largest number for
   * never.
   */
  long dueIn(long now) {
    long due = NEVER;
    for (Attempt attempt : attempts.values()) {
      TreeEnding ending = attempt.ending;
      if (ending != null) {
        due = Math.min(due, ending.dueAt() - now);
      } else if (attempt.timeoutAt != 0) {
        due = Math.min(due, attempt.timeoutAt - now);
      }
      if (attempt.exitDescriptor < 0 && !attempt.hasEnded()) {
        due = Math.min(due, WITHOUT_DESCRIPTOR_NANOS);
      }
    }
    return attempts.isEmpty() ? due : Math.min(due, memory.dueAt(attempts.values()) - now);
  }
}
