package ferry.files;

import ferry.error.DiskTrouble;
import ferry.run.RunId;
import ferry.tracking.Artifacts;
import ferry.tracking.AttemptPath;
import ferry.tracking.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

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

  @Override
  public Set<RunId> barelyBegun(Instant before) {
    var runs = home.resolve("runs");
    var found = new HashSet<RunId>();
    try (var entries = Files.newDirectoryStream(runs, "*-*")) {
      for (var entry : entries) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(before) && isBarelyBegun(entry)) {
          RunId.of(entry.getFileName().toString()).ifPresent(found::add);
        }
      }
    } catch (NoSuchFileException none) {
      return found;
    } catch (IOException trouble) {
      throw DiskTrouble.at(runs, trouble);
    }
    return found;
  }

  /** Whether nothing is in it but what is there before a run is recorded. */
  private static boolean isBarelyBegun(Path run) throws IOException {
    if (!Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var files = Files.newDirectoryStream(run)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (!name.equals("environment") && !name.startsWith(".")) {
          return false;
        }
      }
    }
    return true;
  }
}
