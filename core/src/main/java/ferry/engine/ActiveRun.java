package ferry.engine;

import ferry.backend.Plan;
import ferry.run.RunState;
import java.util.Optional;

/**
 * A run that has not ended, as far as the journal knows it.
 *
 * @param isQuick whether its latest attempt was so short that waiting for the disk counts
 * @param lacking why nothing more of it can start, in words: what runs goes on, what would start
 *     fails
 */
record ActiveRun(Plan plan, RunState state, boolean isQuick, Optional<String> lacking) {}
