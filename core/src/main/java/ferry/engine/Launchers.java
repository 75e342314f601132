package ferry.engine;

import ferry.backend.Plan;
import ferry.error.RequestError;
import ferry.run.Capacity;
import ferry.workflow.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places in which an engine starts steps, each by the name of its backend. */
final class Launchers {
  private final Map<String, Launcher> byName;

  Launchers(Map<String, Launcher> byName) {
    this.byName = new LinkedHashMap<>(byName);
  }

  void start(Launcher.Reports reports) {
    byName.values().forEach(launcher -> launcher.start(reports));
  }

  /**
   * The place that a plan names.
   *
   * @throws ferry.error.UserException where there is none of that name
   */
  Launcher of(Plan plan) {
    var found = byName.get(plan.backend());
    if (found == null) {
      var near = Names.nearest(plan.backend(), List.copyOf(byName.keySet()));
      throw new RequestError.NotFound("backend", plan.backend(), near).thrown();
    }
    return found;
  }

  /** Whether what waits in each place may start. */
  void pause(boolean paused) {
    byName.values().forEach(launcher -> launcher.pause(paused));
  }

  /** All that there is in each place, in use or not. */
  Map<String, Capacity> capacities() {
    var all = new LinkedHashMap<String, Capacity>();
    byName.forEach((name, launcher) -> all.put(name, launcher.capacity()));
    return all;
  }
}
