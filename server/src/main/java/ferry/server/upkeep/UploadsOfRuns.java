package ferry.server.upkeep;

import ferry.registry.ModelRegistry;
import ferry.run.RunId;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.RunFiles;
import ferry.tracking.TrackedRuns;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of runs together with what was uploaded for them through MLflow's API. Uploads that a
 * version of a model was made of stay when their run goes.
 */
public final class UploadsOfRuns implements RunFiles {
  private final RunFiles files;
  private final ArtifactFiles uploads;
  private final TrackedRuns tracked;
  private final ModelRegistry models;

  public UploadsOfRuns(
      RunFiles files, ArtifactFiles uploads, TrackedRuns tracked, ModelRegistry models) {
    this.files = files;
    this.uploads = uploads;
    this.tracked = tracked;
    this.models = models;
  }

  @Override
  public void delete(RunId run) {
    var places = tracked.uploads(run);
    if (!places.isEmpty()) {
      var needed =
          models.allVersions().stream()
              .flatMap(version -> version.run().stream())
              .collect(Collectors.toSet());
      places.forEach((part, place) -> {
        if (!needed.contains(part)) {
          uploads.delete(place);
        }
      });
    }
    files.delete(run);
  }

  @Override
  public Set<RunId> barelyBegun(Instant before) {
    return files.barelyBegun(before);
  }
}
