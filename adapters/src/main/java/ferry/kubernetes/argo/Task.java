package ferry.kubernetes.argo;

import ferry.engine.Outline;
import ferry.run.StepRun;
import ferry.workflow.Foreach;
import ferry.workflow.Step;
import java.util.Map;
import java.util.Optional;

/**
 * One task of a Workflow: a step run, or all that a list will make of a step.
 *
 * @param name in the Workflow, and of its template
 * @param list the list that an earlier step puts out, for which there is a step run each; empty for
 *     a task that is one step run
 * @param each values of {@code foreach} variables that are known
 * @param base attempts that the step run had before this Workflow
 */
record Task(
    String name,
    StepRun stepRun,
    Step step,
    Optional<ListOf> list,
    Map<String, String> each,
    Outline outline,
    int base) {

  /** A variable, and the list whose values it takes. */
  record ListOf(String variable, Foreach.Items.FromStep source) {}

  /** The same with another outline. */
  Task with(Outline another) {
    return new Task(name, stepRun, step, list, each, another, base);
  }

  int position() {
    return stepRun.step();
  }

  boolean isRetried() {
    return step.retries().limit() > 0;
  }
}
