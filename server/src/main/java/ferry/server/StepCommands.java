package ferry.server;

import ferry.backend.Plan;
import ferry.tracking.StepRecord;
import ferry.workflow.Command;
import ferry.workflow.Step;
import java.util.HashMap;
import java.util.Map;

/** The commands of a run's steps as people read them. */
final class StepCommands {
  private final Map<String, String> byStep = new HashMap<>();

  StepCommands(Plan plan) {
    for (var step : plan.workflow().allSteps()) {
      byStep.put(step.name(), text(step));
    }
  }

  String of(StepRecord record) {
    return byStep.getOrDefault(record.step(), "");
  }

  private static String text(Step step) {
    return switch (step.command()) {
      case Command.Shell(String script) -> script;
      case Command.Exec exec -> String.join(" ", exec.argv());
    };
  }
}
