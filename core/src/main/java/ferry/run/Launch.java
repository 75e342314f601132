package ferry.run;

import ferry.workflow.Step;

/** A decision: this step run's attempt may start now. */
public record Launch(StepRun stepRun, Step step, int attempt) {}
