package ferry.run;

import ferry.error.DefinitionError;
import ferry.error.TemplateError;
import ferry.workflow.Condition;
import ferry.workflow.Foreach.Items;
import ferry.workflow.JsonList;
import ferry.workflow.Step;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What names stand for while a run goes on. */
final class Lookup {
  private Lookup() {}

  /** A {@code foreach} variable first, then a parameter, then {@code step.value}. */
  static Optional<String> value(RunState state, StepRun stepRun, String name) {
    var own =
        Optional.ofNullable(stepRun.each().get(name))
            .or(() -> Optional.ofNullable(state.workflow.params().get(name)));
    int dot = name.indexOf('.');
    return own.isPresent() || dot < 0
        ? own
        : putOut(state, name.substring(0, dot), name.substring(dot + 1));
  }

  /**
   * What a step put out; of one with {@code foreach} the JSON list of what each put out, in their
   * order.
   */
  private static Optional<String> putOut(RunState state, String step, String value) {
    int position = state.dag.position(step);
    if (position < 0 || !state.groups.get(position).isEnded()) {
      return Optional.empty();
    }
    var members = state.groups.get(position).members();
    if (state.dag.step(position).foreach().isEmpty()) {
      return Optional.ofNullable(state.stepRuns.get(members.getFirst()).values().get(value));
    }
    var all =
        members.stream()
            .map(index -> state.stepRuns.get(index).values().get(value))
            .filter(java.util.Objects::nonNull)
            .toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(JsonList.write(all));
  }

  static boolean holds(RunState state, StepRun stepRun, Condition condition) {
    return condition.holds(name -> Optional.of(required(state, stepRun, name)));
  }

  private static String required(RunState state, StepRun stepRun, String name) {
    return value(state, stepRun, name)
        .orElseThrow(() -> new TemplateError.NoValueYet(name).thrown());
  }

  /**
   * The values of every variable of a step that repeats, its lists read from what earlier steps put
   * out.
   */
  static Map<String, List<String>> lists(RunState state, Step step) {
    var lists = new LinkedHashMap<String, List<String>>();
    step.foreach()
        .orElseThrow()
        .variables()
        .forEach((variable, items) ->
            lists.put(
                variable,
                switch (items) {
                  case Items.Listed(var values) -> values;
                  case Items.FromStep(var source, var value) ->
                      JsonList.read(
                          putOut(state, source, value)
                              .orElseThrow(() ->
                                  new TemplateError.NoValueYet(source + "." + value).thrown()));
                }));
    return lists;
  }

  static void refuseRepeated(List<String> names) {
    var seen = new HashSet<String>();
    for (var name : names) {
      if (!seen.add(name)) {
        throw new DefinitionError.DuplicateStep(name).thrown();
      }
    }
  }
}
