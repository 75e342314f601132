package ferry.engine;

import ferry.error.UserException;
import ferry.run.RunId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes durable what the journal takes of a turn. What was under way comes before what is new, and
 * one run that is refused for itself takes no other with it.
 */
final class Recording {
  private final Journal journal;
  private final Aside aside;
  private final Map<Change, Throwable> refused = new LinkedHashMap<>();

  Recording(Journal journal, Aside aside) {
    this.journal = journal;
    this.aside = aside;
  }

  /** Gives back what was not taken, and why. */
  Map<Change, Throwable> record(Collection<Change> changes) {
    append(changes.stream().filter(change -> change.isNew || !change.events.isEmpty()).toList());
    return refused;
  }

  private void append(List<Change> all) {
    if (all.isEmpty()) {
      return;
    }
    try {
      journal.append(all.stream().map(Change::entry).toList());
      all.forEach(change -> aside.taken(change.plan.id()));
    } catch (UserException why) {
      var known = all.stream().filter(change -> !change.isNew).toList();
      boolean isRest = known.size() == all.size();
      all.stream().filter(change -> isRest || change.isNew).forEach(one -> refused.put(one, why));
      append(isRest ? List.of() : known);
    } catch (RuntimeException | StackOverflowError fault) {
      if (all.size() == 1) {
        refused.put(all.getFirst(), fault);
      } else {
        all.forEach(change -> append(List.of(change)));
      }
    }
  }

  /** Whether a run is never going to be taken, through no fault of the disk. */
  boolean isHopeless(Change change, Throwable why) {
    RunId run = change.plan.id();
    return !change.isNew && !(why instanceof UserException) && aside.isRefusedTooOften(run);
  }
}
