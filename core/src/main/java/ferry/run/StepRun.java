package ferry.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One execution of a step in a run: the step itself, or one of those that {@code foreach} made of
 * it.
 *
 * @param index its place in the run, from 0; it never changes
 * @param name the step's name, with the values of {@code foreach} in brackets: {@code train[relu]}
 * @param step the position of its step in the {@link ferry.workflow.Dag}
 * @param each the values of the {@code foreach} variables
 * @param failures attempts that failed since the run was submitted or last retried
 * @param values what it put out
 */
public record StepRun(
    int index,
    String name,
    int step,
    Map<String, String> each,
    StepState state,
    int failures,
    Map<String, String> values) {

  public StepRun {
    each = each.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(each));
    values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether lists and views show both alike. */
  public boolean looksLike(StepRun other) {
    return name.equals(other.name)
        && state.word().equals(other.state.word())
        && state.reason().equals(other.state.reason())
        && isCached() == other.isCached();
  }

  /** Whether its result is an earlier one. */
  public boolean isCached() {
    return state instanceof StepState.Succeeded(_, _, boolean cached) && cached;
  }

  StepRun with(StepState next) {
    return new StepRun(index, name, step, each, next, failures, values);
  }

  StepRun failedOnce(StepState next) {
    return new StepRun(index, name, step, each, next, failures + 1, values);
  }

  StepRun putOut(StepState next, Map<String, String> values) {
    return new StepRun(index, name, step, each, next, failures, values);
  }

  StepRun again() {
    return new StepRun(
        index, name, step, each, new StepState.Blocked(state.attempt()), 0, Map.of());
  }
}
