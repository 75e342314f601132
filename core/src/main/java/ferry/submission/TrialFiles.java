package ferry.submission;

import ferry.run.AttemptId;
import ferry.run.RunId;
import java.nio.file.Path;
import java.util.Optional;

/** What lies beside the runs of trials and schedules. */
public interface TrialFiles {

  /** An empty directory for a trial's own copy of the code; what lay there is gone. */
  Path emptyDirectory(RunId run);

  /** That directory, as it is. */
  Path directory(RunId run);

  /** Keeps what is to be known of a trial's copy when it has ended. */
  void keepBrought(RunId run, String brought);

  /** What was kept of it, and not forgotten since. */
  Optional<String> brought(RunId run);

  void forgetBrought(RunId run);

  /** Adds a line to the log of an attempt that has ended; nothing where there is no log. */
  void say(AttemptId attempt, String line);

  /**
   * Gives a run copies of the checkpoints of another, which has ended; nothing where there are
   * none.
   */
  void handOn(RunId from, RunId to);

  /** Deletes what a run saved in its checkpoints; whether there was a directory of the run. */
  boolean dropCheckpoints(RunId run);

  /**
   * What a trial is to write is not there before it begins.
   *
   * @param directory the trial's own
   * @param file relative to it
   * @throws ferry.error.UserException where the file would lie outside of the directory
   */
  void clear(Path directory, String file);

  /** Writes a trial's parameters down, as JSON; gives the file. */
  Path write(RunId run, String params);
}
