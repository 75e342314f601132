package ferry.engine;

import ferry.backend.Plan;
import ferry.run.Launch;
import ferry.run.RunState;
import java.util.ArrayList;
import java.util.List;

/** What the first attempts of a run would do, as far as it is known before any of them ran. */
public final class Preview {
  private Preview() {}

  /** One for each step run that is known; a value that is still to come stands in its braces. */
  public static List<AttemptSpec> of(Plan plan) {
    var state = RunState.of(plan.workflow());
    var all = new ArrayList<AttemptSpec>();
    for (int i = 0; i < state.size(); i++) {
      var stepRun = state.stepRun(i);
      var launch = new Launch(stepRun, state.dag().step(stepRun.step()), 1);
      all.add(AttemptSpecs.preview(plan, state, launch));
    }
    return all;
  }
}
