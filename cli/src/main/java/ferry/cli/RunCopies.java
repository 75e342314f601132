package ferry.cli;

import ferry.error.DiskTrouble;
import ferry.run.RunId;
import ferry.submission.TrialFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
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

  /** A name that no step has. */
  private static final String CODE = ".code";

  /** In the directory of each step run. */
  private static final String CHECKPOINT = "checkpoint";

  private final Path runs;

  RunCopies(Path home) {
    this.runs = home.resolve("runs");
  }

  /**
   * An empty directory for a run's copy, under a name that no step has; what an earlier try left in
   * it is gone.
   */
  Path empty(RunId run) {
    var copy = runs.resolve(run.value()).resolve(CODE);
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

  @Override
  public void handOn(RunId from, RunId to) {
    var source = runs.resolve(from.value());
    var target = runs.resolve(to.value());
    if (!Files.isDirectory(source)) {
      return;
    }
    try (var steps = Files.list(source)) {
      for (var step : steps.filter(step -> !step.endsWith(CODE)).toList()) {
        var name = step.getFileName().toString();
        copy(step.resolve(CHECKPOINT), target.resolve(name).resolve(CHECKPOINT));
      }
      copy(ofPods(source, from), ofPods(target, to));
    } catch (IOException e) {
      throw DiskTrouble.at(target, e);
    }
  }

  /** Where Pods that use a copy in place keep the checkpoints of its run. */
  private static Path ofPods(Path directory, RunId run) {
    return directory.resolve(CODE).resolve(".ferry/checkpoints").resolve(run.value());
  }

  /** Makes a tree anew after another, if that is there. */
  private static void copy(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) {
      if (Files.exists(to)) {
        Files.walkFileTree(to, new Deletion());
      }
      Files.createDirectories(to, PRIVATE);
      Files.walkFileTree(from, new Copying(from, to));
    }
  }

  /** Copies a tree; links are copied as links. */
  private static final class Copying extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copying(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectories(to.resolve(from.relativize(directory)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.copy(
          file,
          to.resolve(from.relativize(file)),
          StandardCopyOption.COPY_ATTRIBUTES,
          LinkOption.NOFOLLOW_LINKS);
      return FileVisitResult.CONTINUE;
    }
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
