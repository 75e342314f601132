package ferry.files;

import ferry.backend.CodeKeeper;
import ferry.error.DiskTrouble;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.Artifacts;
import ferry.tracking.Logs;
import ferry.tracking.RunFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Everything that is kept as files below Ferry's home directory. */
public final class FileHome {
  private final CodeKeeper snapshots;
  private final Artifacts artifacts;
  private final Logs logs;
  private final RunFiles runFiles;
  private final ArtifactFiles uploads;

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
    snapshots = new Snapshots(home);
    artifacts = new KeptArtifacts(home);
    uploads = new UploadedFiles(home);
    logs = new RunLogs(home);
    runFiles = new RunDirectory(home, artifacts);
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

  public RunFiles runFiles() {
    return runFiles;
  }
}
