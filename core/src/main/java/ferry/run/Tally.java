package ferry.run;

import java.util.Optional;

/**
 * Counts over a run's step runs, kept so that no question needs a walk over all of them.
 *
 * @param ordinary step runs before {@code finally} that have not ended
 * @param last step runs of {@code finally} that have not ended
 * @param retried how often the run was asked to go on from what did not succeed
 */
record Tally(
    boolean submitted,
    boolean begun,
    boolean finishing,
    int ordinary,
    int last,
    int failed,
    int stopped,
    Optional<String> stopReason,
    int retried) {

  RunStatus status() {
    boolean ended = submitted && ordinary == 0 && last == 0;
    if (!ended) {
      return begun ? RunStatus.RUNNING : RunStatus.WAITING;
    }
    return outcomeSoFar();
  }

  RunStatus outcomeSoFar() {
    if (stopReason.isPresent() && stopped > 0) {
      return RunStatus.STOPPED;
    }
    return failed > 0 ? RunStatus.FAILED : RunStatus.SUCCEEDED;
  }
}
