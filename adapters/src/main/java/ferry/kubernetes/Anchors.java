package ferry.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which Jobs of a run keep what the run has: a run may have thousands, and only some are named as
 * owners. While any Job runs, one that runs is among them, and the last that ended always is: so
 * nothing goes before all of them have, however long the run is.
 */
final class Anchors {
  /** So many at most. */
  static final int MOST = 32;

  private final Map<String, OwnerReference> keeping = new LinkedHashMap<>();
  private final Map<String, OwnerReference> waiting = new LinkedHashMap<>();
  private final Set<String> running = new LinkedHashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final Set<String> dropped = new LinkedHashSet<>();

  /** Owners to be named, and others no more. */
  record Change(List<OwnerReference> added, List<OwnerReference> removed) {
    Change {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    boolean isNone() {
      return added.isEmpty();
    }
  }

  /** These are named as owners already. */
  void remember(Collection<OwnerReference> owners) {
    owners.stream()
        .filter(one -> one.getKind().equals("Job"))
        .forEach(one -> keeping.putIfAbsent(one.getName(), one));
  }

  /** A Job is there; one whose end is stored is seen too late. */
  void begun(OwnerReference job) {
    if (ended.contains(job.getName())) {
      return;
    }
    running.add(job.getName());
    if (!keeping.containsKey(job.getName())) {
      waiting.put(job.getName(), job);
    }
  }

  /** The end of a Job is stored. */
  void ended(String job) {
    ended.add(job);
    running.remove(job);
    waiting.remove(job);
  }

  /** A Job is about to be deleted. */
  void deleted(String job) {
    ended(job);
    keeping.remove(job);
  }

  boolean has(String job) {
    return keeping.containsKey(job);
  }

  /** What is to be changed now: first come, first named, until those that are named have ended. */
  Change due() {
    int room = MOST - keeping.size();
    if (room > 0) {
      return new Change(first(waiting, room), List.of());
    }
    boolean isAnyRunning = keeping.keySet().stream().anyMatch(running::contains);
    var added = isAnyRunning ? List.<OwnerReference>of() : first(waiting, MOST);
    return new Change(added, first(keeping, added.size()));
  }

  private static List<OwnerReference> first(Map<String, OwnerReference> of, int most) {
    return of.values().stream().limit(most).toList();
  }

  /** It was changed so. */
  void changed(Change change) {
    for (var one : change.removed()) {
      keeping.remove(one.getName());
      dropped.add(one.getName());
    }
    for (var one : change.added()) {
      waiting.remove(one.getName());
      keeping.put(one.getName(), one);
    }
  }

  /** Jobs that kept something once and may go now; each is told of once. */
  List<String> takeDropped() {
    var all = List.copyOf(dropped);
    dropped.clear();
    return all;
  }

  /** The change as a strategic merge patch of the object that is kept. */
  static String patch(Change change) {
    var added =
        change.added().stream()
            .map(one ->
                "{\"apiVersion\": \"%s\", \"kind\": \"%s\", \"name\": \"%s\", \"uid\": \"%s\"}"
                    .formatted(one.getApiVersion(), one.getKind(), one.getName(), one.getUid()));
    var removed =
        change.removed().stream()
            .map(one -> "{\"$patch\": \"delete\", \"uid\": \"%s\"}".formatted(one.getUid()));
    return "{\"metadata\": {\"ownerReferences\": [%s]}}"
        .formatted(String.join(", ", Stream.concat(added, removed).toList()));
  }
}
