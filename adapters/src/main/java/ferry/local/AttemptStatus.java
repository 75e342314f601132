package ferry.local;

import ferry.local.launcher.Claim;
import ferry.local.launcher.ExitRecord;
import java.util.Optional;

/** What an attempt's directory, and the processes of this machine, say about the attempt. */
public sealed interface AttemptStatus {

  /** Nobody has taken it; it may be started. */
  record NotClaimed() implements AttemptStatus {}

  /**
   * It runs, or its launcher is just about to start or to record it.
   *
   * @param claim who took it, or nothing while that is being written
   * @param held whether its launcher lives; if not, nobody will learn how it ends: end its tree and
   *     it becomes lost
   */
  record Running(Optional<Claim> claim, boolean held) implements AttemptStatus {}

  /** It ended, and this is how. */
  record Ended(ExitRecord exit) implements AttemptStatus {}

  /**
   * It was taken, nothing of it is left, and how it ended will never be known.
   *
   * @param reason why, in words that end a sentence such as "lost: …"
   */
  record Lost(String reason) implements AttemptStatus {}
}
