package ferry.engine;

import ferry.backend.Plan;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.StepRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where decisions become durable: an append-only log of every run's events, with the current state
 * beside it.
 */
public interface Journal {

  /**
   * What one turn of the engine adds to one run.
   *
   * @param isNew whether the run itself is to be recorded first
   * @param events in their order
   * @param after the run's state after these events
   * @param changed the step runs that look different from what was recorded last
   */
  record Entry(
      Plan plan, boolean isNew, List<RunEvent> events, RunState after, List<StepRun> changed) {
    public Entry {
      events = List.copyOf(events);
      changed = List.copyOf(changed);
    }
  }

  /**
   * Adds all entries or none; they survive a power cut once this returns.
   *
   * @throws ferry.error.UserException where nothing can be written, in words: a full disk, a
   *     database that is gone
   */
  void append(List<Entry> entries);

  /** What was submitted under that id. */
  Optional<Plan> plan(RunId run);

  /**
   * What was submitted under that id, without the environment's values where these are gone.
   *
   * @throws ferry.error.UserException where that cannot be read either
   */
  default Optional<Plan> bare(RunId run) {
    return plan(run);
  }

  /** The digest of what was submitted under that id; tells too whether there is such a run. */
  default Optional<String> digest(RunId run) {
    return bare(run).map(Plan::digest);
  }

  /**
   * Records of a run that cannot be carried on that it was stopped; what is kept of it need not be
   * readable.
   *
   * @throws ferry.error.UserException as for {@link #append}
   */
  void giveUp(RunId run, Instant at, String reason);

  /** Everything that happened to a run, in order. */
  List<RunEvent> events(RunId run);

  /** Runs that have not ended, oldest first. */
  List<RunId> unfinished();
}
