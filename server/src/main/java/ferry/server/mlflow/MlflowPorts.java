package ferry.server.mlflow;

import ferry.registry.LoggedModels;
import ferry.registry.ModelRegistry;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.MetricHistory;
import ferry.tracking.RunGroups;
import ferry.tracking.TrackedRuns;
import ferry.tracking.TrackingLog;

/** Everything that MLflow's API is handed. */
public record MlflowPorts(
    RunGroups groups,
    TrackedRuns runs,
    TrackingLog log,
    MetricHistory metrics,
    ArtifactFiles files,
    ModelRegistry models,
    LoggedModels loggedModels) {}
