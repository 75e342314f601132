package ferry.files;

import ferry.backend.CodeKeeper;
import ferry.error.DiskRoom;
import ferry.error.DiskTrouble;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.Artifacts;
import ferry.tracking.Logs;
import ferry.tracking.ResourceSamples;
import ferry.tracking.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Everything that is kept as files below Ferry's home directory. */
public final class FileHome {
  private final CodeKeeper snapshots;
  private final Artifacts artifacts;
  private final Logs logs;
  private final RunFiles runFiles;
  private final ArtifactFiles uploads;
  private final Path home;
  private final ResourceSamples samples;

  /**
   * Opens a home, and makes its directory where it is missing.
   *
   * @throws ferry.error.UserException where it cannot be made, in words
   */
  public FileHome(Path home) {
    try {
      Home.createPrivate(home);
    } catch (IOException trouble) {
      throw DiskTrouble.at(home, trouble);
    }
    this.home = home;
    snapshots = new Snapshots(home);
    artifacts = new KeptArtifacts(home);
    uploads = new UploadedFiles(home);
    logs = new RunLogs(home);
    samples = new SampleFiles(home);
    runFiles = new RunDirectory(home, artifacts);
  }

  /** That the home's disk is full, where it is: what writes to it gets no further. */
  public Optional<String> trouble() {
    var room = DiskRoom.of(home);
    return room.isUsedUp() ? Optional.of(room.full(home).message()) : Optional.empty();
  }

  /** Takes away what uploads left that broke off while no server could clear up after them. */
  public void sweep(Instant now) {
    new BrokenOffUploads(home).sweep(now);
  }

  public CodeKeeper snapshots() {
    return snapshots;
  }

  public Artifacts artifacts() {
    return artifacts;
  }

  public ArtifactFiles uploads() {
    return uploads;
  }

  public Logs logs() {
    return logs;
  }

  public ResourceSamples samples() {
    return samples;
  }

  public RunFiles runFiles() {
    return runFiles;
  }
}
