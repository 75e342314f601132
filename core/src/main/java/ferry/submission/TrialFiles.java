package ferry.submission;

import ferry.run.RunId;
import java.nio.file.Path;

/** What lies beside the runs of trials. */
public interface TrialFiles {

  /** An empty directory for a trial's own copy of the code; what lay there is gone. */
  Path emptyDirectory(RunId run);

  /**
   * Gives a run copies of the checkpoints of another, which has ended; nothing where there are
   * none.
   */
  void handOn(RunId from, RunId to);

  /** Writes a trial's parameters down, as JSON; gives the file. */
  Path write(RunId run, String params);
}
