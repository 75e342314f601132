package ferry.workflow;

import ferry.error.DefinitionError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A named set of steps and the order among them. It is checked whole when it is made: {@link
 * Dag#of} refuses unknown names, circles and duplicates with a {@link ferry.error.UserException}.
 *
 * @param params the parameters' values, as text; commands use them as {@code {name}}
 * @param steps in the order written
 * @param finallySteps run when all others have ended, whatever became of them
 */
public record Workflow(
    String name,
    Map<String, String> params,
    List<Step> steps,
    List<Step> finallySteps,
    Optional<Schedule> schedule) {

  public Workflow {
    Names.checkWorkflow(name);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    steps = List.copyOf(steps);
    finallySteps = List.copyOf(finallySteps);
    if (steps.isEmpty()) {
      throw new DefinitionError.NoSteps().thrown();
    }
  }

  /** Steps alone: no parameters, nothing at the end, no schedule. */
  public static Workflow of(String name, Step... steps) {
    return new Workflow(name, Map.of(), List.of(steps), List.of(), Optional.empty());
  }

  /** All steps; those of {@code finally} last. */
  public List<Step> allSteps() {
    return Stream.concat(steps.stream(), finallySteps.stream()).toList();
  }

  /** The same workflow with these values in place of, or beside, its own. */
  public Workflow withParams(Map<String, String> values) {
    var all = new LinkedHashMap<>(params);
    all.putAll(values);
    return new Workflow(name, all, steps, finallySteps, schedule);
  }
}
