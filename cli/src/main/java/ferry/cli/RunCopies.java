package ferry.cli;

import ferry.error.DiskTrouble;
import ferry.run.RunId;
import ferry.submission.TrialFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directories in which scheduled runs have their own copy of the code: beside their logs. */
final class RunCopies implements TrialFiles {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path runs;

  RunCopies(Path home) {
    this.runs = home.resolve("runs");
  }

  /**
   * An empty directory for a run's copy, under a name that no step has; what an earlier try left in
   * it is gone.
   */
  Path empty(RunId run) {
    var copy = runs.resolve(run.value()).resolve(".code");
    try {
      if (Files.exists(copy)) {
        Files.walkFileTree(copy, new Deletion());
      }
      Files.createDirectories(copy, PRIVATE);
      return copy;
    } catch (IOException e) {
      throw DiskTrouble.at(copy, e);
    }
  }

  @Override
  public Path emptyDirectory(RunId run) {
    return empty(run);
  }

  /** Beside the copy, where no step writes. */
  @Override
  public Path write(RunId run, String params) {
    var file = runs.resolve(run.value()).resolve(".params.json");
    try {
      Files.createDirectories(runs.resolve(run.value()), PRIVATE);
      Files.writeString(file, params + "\n");
      return file;
    } catch (IOException e) {
      throw DiskTrouble.at(file, e);
    }
  }

  /** Deletes a tree; links are deleted, not followed. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException trouble)
        throws IOException {
      if (trouble != null) {
        throw trouble;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
