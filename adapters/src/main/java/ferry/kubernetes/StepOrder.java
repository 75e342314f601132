package ferry.kubernetes;

import ferry.run.AttemptId;
import ferry.workflow.Dag;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.Arrays;

/** What the order of a workflow's steps says of the volume that they share. */
final class StepOrder {
  private final Dag dag;

  StepOrder(Workflow workflow) {
    this.dag = Dag.of(workflow);
  }

  /** Whether a step comes after another. */
  boolean isAny() {
    for (int i = 0; i < dag.size(); i++) {
      if (dag.isFinally(i) || dag.before(i).length > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether, when an attempt starts, a step of the same run has run for certain. */
  boolean isAfterAnother(AttemptId attempt) {
    var name = attempt.stepRun();
    int bracket = name.indexOf('[');
    int position = dag.position(bracket < 0 ? name : name.substring(0, bracket));
    return position >= 0 && !dag.isFinally(position) && isAfterAnother(position);
  }

  private boolean isAfterAnother(int position) {
    return Arrays.stream(dag.before(position))
        .anyMatch(before -> isCertain(dag.step(before)) || isAfterAnother(before));
  }

  private static boolean isCertain(Step step) {
    boolean hasRuns = step.foreach().isEmpty() || step.foreach().get().isStatic();
    return hasRuns && step.when().isEmpty() && !step.files().cache();
  }
}
