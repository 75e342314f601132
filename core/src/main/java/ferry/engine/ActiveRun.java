package ferry.engine;

import ferry.backend.Plan;
import ferry.run.RunState;

/** A run that has not ended, as far as the journal knows it. */
record ActiveRun(Plan plan, RunState state) {}
