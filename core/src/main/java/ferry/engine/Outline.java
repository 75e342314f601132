package ferry.engine;

import ferry.backend.Plan;
import ferry.run.Launch;
import ferry.run.RunState;
import ferry.run.StepRun;
import ferry.run.StepState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a step run will do, told before it can start, for places that walk a run by themselves. What
 * only the run will know is a variable in its command; in every other text it is marked.
 *
 * @param spec the attempt that comes next
 * @param awaited names of the values that are still to come, by the variable that must hold them
 */
public record Outline(AttemptSpec spec, Map<String, String> awaited) {
  /** Finds the marks of variables in a text; the variable's name is the first group. */
  public static final Pattern MARK = Pattern.compile("\uE0F0([A-Z0-9_]+)\uE0F1");

  public Outline {
    awaited = Collections.unmodifiableMap(new LinkedHashMap<>(awaited));
  }

  /** The outline of a step run that has not succeeded. */
  public static Outline of(Plan plan, RunState state, StepRun stepRun) {
    boolean isNumbered = stepRun.state() instanceof StepState.Ready || stepRun.state().isActive();
    int attempt = Math.max(1, stepRun.state().attempt() + (isNumbered ? 0 : 1));
    var step = state.dag().step(stepRun.step());
    return AttemptSpecs.outline(plan, state, new Launch(stepRun, step, attempt));
  }

  static String mark(String variable) {
    return "\uE0F0" + variable + "\uE0F1";
  }
}
