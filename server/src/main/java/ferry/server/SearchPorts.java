package ferry.server;

import ferry.collect.LogWatch;
import ferry.collect.MetricBatches;
import ferry.experiment.ExperimentBook;
import ferry.experiment.Experiments;
import ferry.submission.Searches;

/**
 * What searching needs.
 *
 * @param logs reads what runs print
 * @param metrics brings it into what is tracked
 */
public record SearchPorts(
    Searches searches,
    Experiments experiments,
    ExperimentBook book,
    ExperimentFeed feed,
    LogWatch logs,
    MetricBatches metrics) {}
