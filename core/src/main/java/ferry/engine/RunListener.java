package ferry.engine;

import ferry.backend.Plan;
import ferry.error.UserException;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import java.util.List;

/**
 * Hears of everything that has become durable, in order, on the engine's own thread: it must not
 * wait.
 */
public interface RunListener {
  void changed(Plan plan, List<RunEvent> events, RunState before, RunState after);

  /** Hears of a run that could not be picked up again, because what it was made of is gone. */
  default void leftBehind(RunId run, UserException why) {}

  /** Hears of a fault of ours that was contained: the run goes on, or was set aside. */
  default void faulty(RunId run, Throwable fault) {}
}
