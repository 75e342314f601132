package ferry.workflow;

import java.util.List;

/**
 * The files that a step names, relative to its working directory; both lists may hold globs and
 * placeholders.
 *
 * @param inputs files and directories whose content decides whether a cached step must run again
 * @param outputs files that are kept as artifacts of the run; one that is missing fails the step
 * @param cache whether the step is skipped when command, code, inputs and parameters are unchanged
 */
public record StepFiles(List<String> inputs, List<String> outputs, boolean cache) {
  public static final StepFiles NONE = new StepFiles(List.of(), List.of(), false);

  public StepFiles {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
