package ferry.tracking;

import ferry.backend.Plan;
import java.util.List;

/**
 * A run with its steps.
 *
 * @param reason why it was stopped, if it was; else empty
 */
public record RunRecord(RunSummary summary, Plan plan, String reason, List<StepRecord> steps) {
  public RunRecord {
    steps = List.copyOf(steps);
  }
}
