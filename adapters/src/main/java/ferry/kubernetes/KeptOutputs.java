package ferry.kubernetes;

import ferry.error.UserException;
import ferry.run.AttemptId;
import ferry.tracking.Artifacts;
import ferry.tracking.NamedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** Keeps as artifacts what steps in a cluster put out. */
public final class KeptOutputs {
  private final Artifacts artifacts;

  public KeptOutputs(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * Keeps what lies in a directory that steps share with this process.
   *
   * @return why it is not kept; empty where all is well
   */
  Optional<String> keepInPlace(AttemptId attempt, Path directory, List<String> outputs) {
    try {
      var paths = new TreeSet<String>();
      for (var output : outputs) {
        paths.addAll(NamedFiles.find(directory, output));
      }
      artifacts.keep(attempt.run(), attempt.stepRun(), directory, List.copyOf(paths));
      return Optional.empty();
    } catch (IOException | UserException trouble) {
      return Optional.of(String.valueOf(trouble.getMessage()));
    }
  }

  /**
   * Keeps what comes packed, as {@code tar} and {@code gzip} do it.
   *
   * @param work a directory that is not there; it is gone afterwards
   * @throws IOException where it is cut off, or cannot be written
   */
  public void keep(AttemptId attempt, InputStream packed, Path work) throws IOException {
    Files.createDirectories(work);
    try (var tar = new TarReader(new GZIPInputStream(packed))) {
      artifacts.keep(attempt.run(), attempt.stepRun(), work, tar.unpack(work));
    } finally {
      deleteTree(work);
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
