package ferry.server;

import ferry.backend.Plan;
import ferry.run.RunState;
import ferry.tracking.StepRecord;
import ferry.workflow.Command;
import ferry.workflow.PlainTemplate;
import ferry.workflow.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The commands of a run's steps as people read them: with the values that are known by now. */
final class StepCommands {
  private final Map<String, String> params;
  private final Map<String, Step> steps = new HashMap<>();
  private final Map<String, Map<String, String>> variables = new HashMap<>();

  StepCommands(Plan plan) {
    var workflow = plan.workflow();
    params = workflow.params();
    boolean repeats = false;
    for (var step : workflow.allSteps()) {
      steps.put(step.name(), step);
      repeats |= step.foreach().isPresent();
    }
    if (repeats) {
      var begin = RunState.of(workflow);
      for (int i = 0; i < begin.size(); i++) {
        variables.put(begin.stepRun(i).name(), begin.stepRun(i).each());
      }
    }
  }

  String of(StepRecord record) {
    var step = Optional.ofNullable(steps.get(record.step()));
    return step.map(known -> text(known, variables(known, record.name()))).orElse("");
  }

  /** Of a list that came while it ran, the brackets tell the value where there is one variable. */
  private Map<String, String> variables(Step step, String stepRun) {
    var names = step.foreach().map(foreach -> foreach.variables().keySet());
    int bracket = step.name().length();
    if (names.isPresent() && names.get().size() == 1 && stepRun.length() > bracket + 1) {
      var value = stepRun.substring(bracket + 1, stepRun.length() - 1);
      return variables.getOrDefault(stepRun, Map.of(names.get().iterator().next(), value));
    }
    return variables.getOrDefault(stepRun, Map.of());
  }

  private String text(Step step, Map<String, String> each) {
    var text =
        switch (step.command()) {
          case Command.Shell(String script) -> script;
          case Command.Exec exec -> String.join(" ", exec.argv());
        };
    return PlainTemplate.renderKnown(
        text,
        name ->
            Optional.ofNullable(each.get(name)).or(() -> Optional.ofNullable(params.get(name))));
  }
}
