package ferry.backend;

import ferry.run.AttemptId;
import ferry.run.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What steps that run elsewhere fetch from the server, and bring to it. */
public interface StepTransfer {

  /**
   * Writes a run's code, packed by tar and gzip.
   *
   * @throws ferry.error.UserException where it is not kept
   */
  void code(RunId run, OutputStream to) throws IOException;

  /**
   * Keeps what a step put out, packed by tar and gzip.
   *
   * @throws IOException where it is cut off or no such archive
   */
  void keep(AttemptId attempt, InputStream packed) throws IOException;
}
