package ferry.engine;

import ferry.backend.Plan;
import ferry.run.RunState;

/**
 * A run that has not ended, as far as the journal knows it.
 *
 * @param isQuick whether its latest attempt was so short that waiting for the disk counts
 */
record ActiveRun(Plan plan, RunState state, boolean isQuick) {}
