package ferry.tracking;

import ferry.run.RunId;
import ferry.run.RunStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A run in a list.
 *
 * @param command what was typed, or the file's name; cut to 200 characters
 * @param steps how many step runs it has by now
 * @param done how many of them have ended
 * @param starred whether somebody wants it kept
 */
public record RunSummary(
    RunId id,
    String workflow,
    String backend,
    RunStatus status,
    Instant submitted,
    Optional<Instant> ended,
    String user,
    String command,
    int steps,
    int done,
    boolean starred) {

  /** A run without a star. */
  public RunSummary(
      RunId id,
      String workflow,
      String backend,
      RunStatus status,
      Instant submitted,
      Optional<Instant> ended,
      String user,
      String command,
      int steps,
      int done) {
    this(id, workflow, backend, status, submitted, ended, user, command, steps, done, false);
  }
}
