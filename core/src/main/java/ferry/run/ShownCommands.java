package ferry.run;

import ferry.error.UserException;
import ferry.workflow.Command;
import ferry.workflow.PlainTemplate;
import ferry.workflow.ShellTemplate;
import ferry.workflow.ShellTemplate.Value;
import ferry.workflow.ShellWords;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The commands of a run's step runs as they ran, for people to read: parameters and variables of
 * {@code foreach} stand in them as the shell read them, values of other steps as {@code {name}}.
 */
public final class ShownCommands {
  private final Workflow workflow;
  private final Map<String, Step> steps = new HashMap<>();
  private final Map<String, Map<String, String>> variables = new HashMap<>();

  /**
   * The commands of a run.
   *
   * @param events all that has happened in it; asked for only where it repeats a step over a list
   *     that another step put out
   */
  public ShownCommands(Workflow workflow, Supplier<List<RunEvent>> events) {
    this.workflow = workflow;
    boolean repeats = false;
    for (var step : workflow.allSteps()) {
      steps.put(step.name(), step);
      repeats |= step.foreach().isPresent();
    }
    if (repeats) {
      var begin = RunState.of(workflow);
      putVariables(changesWhileRunning(workflow) ? begin.applyAll(events.get()) : begin);
    }
  }

  /** Whether a workflow has step runs that nobody knows before it runs. */
  public static boolean changesWhileRunning(Workflow workflow) {
    return workflow.allSteps().stream()
        .anyMatch(step -> step.foreach().filter(each -> !each.isStatic()).isPresent());
  }

  private void putVariables(RunState state) {
    for (int i = 0; i < state.size(); i++) {
      variables.put(state.stepRun(i).name(), state.stepRun(i).each());
    }
  }

  /** The command of one step run; an empty text where the workflow has no such step. */
  public String of(String step, String stepRun) {
    var known = Optional.ofNullable(steps.get(step));
    return known.map(it -> text(it, variables.getOrDefault(stepRun, Map.of()))).orElse("");
  }

  private String text(Step step, Map<String, String> each) {
    return switch (step.command()) {
      case Command.Shell(var script) -> shell(script, each);
      case Command.Exec(var argv) ->
          ShellWords.join(
              argv.stream()
                  .map(word -> PlainTemplate.renderKnown(word, name -> value(name, each)))
                  .toList());
    };
  }

  private String shell(String script, Map<String, String> each) {
    try {
      return ShellTemplate.parse(script)
          .render(name ->
              Optional.of(value(name, each).<Value>map(Value.Known::new).orElse(new Value.Open())));
    } catch (UserException _) {
      // It could not run either; what was written is still worth reading.
      return script;
    }
  }

  private Optional<String> value(String name, Map<String, String> each) {
    return Optional.ofNullable(each.get(name))
        .or(() -> Optional.ofNullable(workflow.params().get(name)));
  }
}
