package ferry.experiment;

import ferry.experiment.TrialLaunch.Predecessor;
import ferry.run.RunId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Who has one of the places in which trials run at once. A search decides what comes next as soon
 * as it gives up a trial, whose process may take a while to end: whoever takes such a place waits
 * for that.
 */
final class Places {
  private final Set<RunId> holding = new HashSet<>();

  /** Told to end and not known to have ended, in the order in which their places are taken. */
  private final SequencedMap<RunId, Predecessor> leaving = new LinkedHashMap<>();

  private long free;

  /**
   * Places, all free.
   *
   * @param parallel how many; 0 for any number
   */
  Places(int parallel) {
    free = parallel;
  }

  /** A run was told to end, or put aside: its place may be taken, and is not free yet. */
  void leaves(RunId run, boolean putAside) {
    if (holding.remove(run)) {
      leaving.put(run, new Predecessor(run, putAside));
    }
  }

  /** A run has ended. Where its place was taken already there is none to give. */
  void ended(RunId run) {
    if (holding.remove(run) || leaving.remove(run) != null) {
      free++;
    }
  }

  /**
   * Gives a run a place.
   *
   * @param own the run that it goes on with, whose place it takes where that still has one
   * @return whose end it must wait for
   */
  Optional<Predecessor> take(RunId run, Optional<RunId> own) {
    boolean isOwn =
        own.filter(before -> holding.remove(before) || leaving.remove(before) != null).isPresent();
    holding.add(run);
    if (isOwn) {
      return Optional.empty();
    }
    if (free > 0) {
      free--;
      return Optional.empty();
    }
    return Optional.ofNullable(leaving.pollFirstEntry()).map(entry -> entry.getValue());
  }
}
