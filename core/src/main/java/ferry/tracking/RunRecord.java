package ferry.tracking;

import ferry.backend.Plan;
import java.util.List;

/** A run with its steps. */
public record RunRecord(RunSummary summary, Plan plan, List<StepRecord> steps) {
  public RunRecord {
    steps = List.copyOf(steps);
  }
}
