package ferry.files;

import ferry.files.Budget.TooLarge;
import ferry.files.ScannedFile.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A walk through a working directory that stats every file that is not ignored, and reads none. */
final class DirectoryScan {
  private static final String VIRTUAL_ENVIRONMENT = "pyvenv.cfg";

  private final Path root;
  private final Path home;
  private final Budget budget;
  private final List<ScannedFile> found = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  /**
   * A walk to be.
   *
   * @param home Ferry's own directory, which is no code wherever it lies
   */
  DirectoryScan(Path root, Path home, Budget budget) {
    this.root = root;
    this.home = home;
    this.budget = budget;
  }

  /**
   * Walks it.
   *
   * @throws NoSuchFileException where the directory is not there
   */
  void walk() throws IOException, TooLarge {
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString());
    }
    if (!Files.isReadable(root)) {
      throw new AccessDeniedException(root.toString());
    }
    walk(root, "", IgnoreRules.of(root));
  }

  private void walk(Path directory, String relative, IgnoreRules rules)
      throws IOException, TooLarge {
    var names = directory.toFile().list();
    if (names == null) {
      unreadable.add(relative);
      return;
    }
    for (var name : names) {
      var path = relative + name;
      if (IgnoreRules.NEVER_CODE.contains(name)) {
        ignored.add(path);
        continue;
      }
      budget.look();
      enter(directory, name, path, rules);
    }
  }

  private void enter(Path directory, String name, String path, IgnoreRules rules)
      throws IOException, TooLarge {
    ScannedFile file;
    try {
      file = ScannedFile.of(directory.resolve(name), path);
    } catch (NoSuchFileException | InvalidPathException goneOrNameless) {
      // It was deleted while we walked, or its name is no text: no step can name it either.
      return;
    } catch (FileSystemException denied) {
      unreadable.add(path);
      return;
    }
    boolean isDirectory = file.kind() == Kind.DIRECTORY;
    if (isDirectory && isNoCode(directory.resolve(name))) {
      ignored.add(path);
    } else if (rules.ignores(path, name, isDirectory)) {
      ignored.add(path);
    } else if (file.kind() != Kind.OTHER) {
      budget.take();
      found.add(file);
      if (isDirectory) {
        var below = directory.resolve(name);
        walk(below, path + "/", rules.below(below, path + "/"));
      }
    }
  }

  private boolean isNoCode(Path directory) {
    return directory.equals(home) || isVirtualEnvironment(directory);
  }

  static boolean isVirtualEnvironment(Path directory) {
    return directory.resolve(VIRTUAL_ENVIRONMENT).toFile().isFile();
  }

  /** What belongs to the snapshot, directories included, in no order. */
  List<ScannedFile> found() {
    return found;
  }

  /** What is left out: for a directory that is, the directory alone. */
  List<String> ignored() {
    return ignored;
  }

  /** What could not be looked into. */
  List<String> unreadable() {
    return unreadable;
  }
}
