package ferry.tracking;

import ferry.run.RunId;
import java.util.Map;

/** Files beside a run that are no rows: above all the environment in which it was typed. */
public interface RunFiles {

  /**
   * Keeps a run's environment where only its user can read it; durable when it returns.
   *
   * @throws ferry.error.UserException where it cannot be written, in words
   */
  void keepEnvironment(RunId run, Map<String, String> environment);

  /** The environment that was kept, or none. */
  Map<String, String> environment(RunId run);

  /** Deletes everything that lies beside a run: environment, logs and artifacts. */
  void delete(RunId run);
}
