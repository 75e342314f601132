/**
 * Experiments: a search over the parameters of a workflow, each trial a run. What happened is an
 * append-only record; {@link ferry.experiment.ExperimentState} is what follows from it, {@link
 * ferry.experiment.Experiments} the one loop that makes decisions durable and then acts on them.
 */
@NullMarked
package ferry.experiment;

import org.jspecify.annotations.NullMarked;
