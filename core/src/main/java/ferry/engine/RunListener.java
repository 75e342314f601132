package ferry.engine;

import ferry.backend.Plan;
import ferry.run.RunEvent;
import ferry.run.RunState;
import java.util.List;

/**
 * Hears of everything that has become durable, in order, on the engine's own thread: it must not
 * wait.
 */
public interface RunListener {
  void changed(Plan plan, List<RunEvent> events, RunState before, RunState after);
}
