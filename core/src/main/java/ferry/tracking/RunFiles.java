package ferry.tracking;

import ferry.run.RunId;
import java.time.Instant;
import java.util.Set;

/** Files beside a run that are no rows. */
public interface RunFiles {

  /** Deletes everything that lies beside a run: environment, logs and artifacts. */
  void delete(RunId run);

  /**
   * Runs that something was put down for before that time, and of which nothing ever ran: no log
   * and no artifact is theirs.
   */
  Set<RunId> barelyBegun(Instant before);
}
