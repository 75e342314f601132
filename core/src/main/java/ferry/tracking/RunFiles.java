package ferry.tracking;

import ferry.run.RunId;

/** Files beside a run that are no rows. */
public interface RunFiles {

  /** Deletes everything that lies beside a run: environment, logs and artifacts. */
  void delete(RunId run);
}
