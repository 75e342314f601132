package ferry.files;

import ferry.error.DiskTrouble;
import ferry.run.RunId;
import ferry.tracking.Artifacts;
import ferry.tracking.AttemptPath;
import ferry.tracking.RunFiles;
import java.io.IOException;
import java.nio.file.Path;

/** The directory of each run under {@code runs/}. */
final class RunDirectory implements RunFiles {
  private final Path home;
  private final Artifacts artifacts;

  RunDirectory(Path home, Artifacts artifacts) {
    this.home = home;
    this.artifacts = artifacts;
  }

  @Override
  public void delete(RunId run) {
    artifacts.delete(run);
    var directory = AttemptPath.of(home, run);
    try {
      Home.deleteTree(directory);
    } catch (IOException trouble) {
      throw DiskTrouble.at(directory, trouble);
    }
  }
}
