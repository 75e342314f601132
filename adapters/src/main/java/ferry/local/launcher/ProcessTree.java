package ferry.local.launcher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processes of one attempt: those whose environment names it, those in the session or group of
 * its first process, those once seen in it, and all their descendants. Zombies do not count, nor do
 * this process and its ancestors.
 */
final class ProcessTree {
  private static final long SELF = ProcessHandle.current().pid();

  private final ProcessTable table;
  private final String attempt;
  private final long mainPid;
  private final long mainStart;
  private final Orphans orphans;
  private final Map<Long, Long> seen = new HashMap<>();

  /** Says whose an orphan is whose environment does not tell. */
  interface Orphans {
    /**
     * Whether a process adopted by this one belongs to the attempt.
     *
     * @param mark another attempt's name from its environment, or empty
     */
    boolean isOurs(ProcessEntry orphan, String mark);
  }

  /**
   * The tree of an attempt.
   *
   * @param mainPid its first process, or 0 if it is not known
   */
  ProcessTree(ProcessTable table, String attempt, long mainPid, long mainStart, Orphans orphans) {
    this.table = table;
    this.attempt = attempt;
    this.mainPid = mainPid;
    this.mainStart = mainStart;
    this.orphans = orphans;
  }

  /**
   * The members among all processes, environments read: certain, at some 10 µs for each process of
   * the machine.
   */
  List<ProcessEntry> members(List<ProcessEntry> all) {
    return find(all, true);
  }

  /**
   * The members as far as session, group, descent and memory tell: cheap enough to be asked several
   * times a second.
   */
  List<ProcessEntry> membersByDescent(List<ProcessEntry> all) {
    return find(all, false);
  }

  private List<ProcessEntry> find(List<ProcessEntry> all, boolean readEnvironments) {
    Set<Long> spared = selfAndAncestors(all);
    boolean sessionIsOurs = mainPid > 0 && !isReused(all);
    Set<Long> pids = new HashSet<>();
    List<ProcessEntry> members = new ArrayList<>();
    List<ProcessEntry> others = new ArrayList<>();
    for (ProcessEntry entry : all) {
      if (entry.isZombie() || entry.parent() == 2 || spared.contains(entry.pid())) {
        continue;
      }
      if (isMember(entry, sessionIsOurs) || readEnvironments && isMarked(entry)) {
        members.add(entry);
        pids.add(entry.pid());
      } else {
        others.add(entry);
      }
    }
    addDescendants(members, pids, others);
    seen.clear();
    for (ProcessEntry member : members) {
      seen.put(member.pid(), member.start());
    }
    return members;
  }

  private boolean isMember(ProcessEntry entry, boolean sessionIsOurs) {
    if (sessionIsOurs && (entry.session() == mainPid || entry.group() == mainPid)) {
      return true;
    }
    Long start = seen.get(entry.pid());
    return start != null && start == entry.start();
  }

  private boolean isMarked(ProcessEntry entry) {
    String mark = table.attemptOf(entry.pid());
    return mark.equals(attempt) || entry.parent() == SELF && orphans.isOurs(entry, mark);
  }

  private boolean isReused(List<ProcessEntry> all) {
    for (ProcessEntry entry : all) {
      if (entry.pid() == mainPid) {
        return entry.start() != mainStart;
      }
    }
    return false;
  }

  private static void addDescendants(
      List<ProcessEntry> members, Set<Long> pids, List<ProcessEntry> others) {
    boolean grown = !members.isEmpty();
    while (grown) {
      grown = false;
      for (int i = others.size() - 1; i >= 0; i--) {
        ProcessEntry entry = others.get(i);
        if (pids.contains(entry.parent())) {
          members.add(entry);
          pids.add(entry.pid());
          others.remove(i);
          grown = true;
        }
      }
    }
  }

  private static Set<Long> selfAndAncestors(List<ProcessEntry> all) {
    Map<Long, Long> parents = new HashMap<>();
    for (ProcessEntry entry : all) {
      parents.put(entry.pid(), entry.parent());
    }
    Set<Long> spared = new HashSet<>();
    long pid = SELF;
    while (pid > 0 && spared.add(pid)) {
      pid = parents.getOrDefault(pid, 0L);
    }
    return spared;
  }
}
