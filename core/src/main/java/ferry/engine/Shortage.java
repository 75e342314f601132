package ferry.engine;

import ferry.error.SystemError;
import ferry.run.Capacity;
import ferry.workflow.CpuText;
import ferry.workflow.MemoryText;
import ferry.workflow.Step;
import ferry.workflow.Workflow;

/** Refuses steps that ask for more than a place has, in use or not: they would wait for ever. */
final class Shortage {
  private Shortage() {}

  /** Holds all steps of a workflow against all that there is. */
  static void refuse(Workflow workflow, Capacity all) {
    workflow.allSteps().forEach(step -> refuse(step, all));
  }

  /**
   * Holds one step against all that there is.
   *
   * @throws ferry.error.UserException with both numbers, where it asks for more
   */
  static void refuse(Step step, Capacity all) {
    var asked = Capacity.of(step.resources());
    if (asked.cpuMillis() > all.cpuMillis()) {
      throw tooLarge(step, "cpu", CpuText.print(asked.cpuMillis()), CpuText.print(all.cpuMillis()));
    }
    if (asked.memoryBytes() > all.memoryBytes()) {
      throw tooLarge(
          step,
          "memory",
          MemoryText.print(asked.memoryBytes()),
          MemoryText.about(all.memoryBytes()));
    }
    if (asked.gpus() > all.gpus()) {
      throw tooLarge(step, "gpu", "" + asked.gpus(), "" + all.gpus());
    }
  }

  private static RuntimeException tooLarge(Step step, String what, String asked, String all) {
    return new SystemError.TooLarge(step.name(), what, asked, all).thrown();
  }
}
