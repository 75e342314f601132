package ferry.cli.assembly;

import ferry.error.DiskTrouble;
import ferry.error.RequestError;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.submission.TrialFiles;
import ferry.tracking.AttemptPath;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The copies of the code in which trials and scheduled runs work, and what is kept beside them. */
final class RunCopies implements TrialFiles {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** A name that no step has. */
  private static final String CODE = ".code";

  private static final String BROUGHT = ".brought";

  /** In the directory of each step run. */
  private static final String CHECKPOINT = "checkpoint";

  private final Path home;
  private final Path runs;

  RunCopies(Path home) {
    this.home = home;
    this.runs = home.resolve("runs");
  }

  @Override
  public Path emptyDirectory(RunId run) {
    var copy = directory(run);
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
  public Path directory(RunId run) {
    return runs.resolve(run.value()).resolve(CODE);
  }

  @Override
  public void clear(Path directory, String file) {
    var path = directory.resolve(file);
    try {
      var parent = path.getParent();
      if (parent == null || !Files.isDirectory(parent)) {
        return;
      }
      if (!parent.toRealPath().startsWith(directory.toRealPath())) {
        throw new RequestError.Conflict(
                "`" + file + "` lies in a directory that all trials share by a link",
                List.of("name a file that no link leads to, like `--metric-file metrics.log`"))
            .thrown();
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw DiskTrouble.at(path, e);
    }
  }

  @Override
  public void keepBrought(RunId run, String brought) {
    var file = broughtOf(run);
    try {
      Files.writeString(file, brought);
    } catch (IOException e) {
      throw DiskTrouble.at(file, e);
    }
  }

  @Override
  public Optional<String> brought(RunId run) {
    var file = broughtOf(run);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw DiskTrouble.at(file, e);
    }
  }

  @Override
  public void forgetBrought(RunId run) {
    var file = broughtOf(run);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw DiskTrouble.at(file, e);
    }
  }

  private Path broughtOf(RunId run) {
    return runs.resolve(run.value()).resolve(BROUGHT);
  }

  @Override
  public void say(AttemptId attempt, String line) {
    var log = AttemptPath.log(home, attempt);
    try {
      if (Files.exists(log)) {
        Files.writeString(log, line + "\n", StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw DiskTrouble.at(log, e);
    }
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

  @Override
  public boolean dropCheckpoints(RunId run) {
    var directory = runs.resolve(run.value());
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (var steps = Files.list(directory)) {
      for (var step : steps.filter(step -> !step.endsWith(CODE)).toList()) {
        delete(step.resolve(CHECKPOINT));
      }
      delete(ofPods(directory, run));
      return true;
    } catch (IOException e) {
      throw DiskTrouble.at(directory, e);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(tree, new Deletion());
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
