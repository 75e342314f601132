package ferry.tracking;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files that {@code inputs} and {@code outputs} name: a path, a directory with all in it, or a
 * glob with {@code *}, {@code ?}, {@code [a-z]}, <code>{a,b}</code> and {@code **}.
 */
public final class NamedFiles {
  private static final Set<String> NEVER = Set.of(".git", "__pycache__");

  private NamedFiles() {}

  private static boolean isGlob(String name) {
    return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /** The files of that name below a directory, as paths relative to it; directories are walked. */
  public static SortedSet<String> find(Path directory, String name) throws IOException {
    var found = new TreeSet<String>();
    if (Files.exists(directory.resolve(name))) {
      walk(directory, directory.resolve(name), null, found);
    } else if (isGlob(name)) {
      var start = literalStart(directory, name);
      if (Files.isDirectory(start)) {
        walk(directory, start, matcher(name), found);
      }
    }
    return found;
  }

  private static Path literalStart(Path directory, String name) {
    var start = directory;
    for (var part : name.split("/")) {
      if (isGlob(part)) {
        break;
      }
      start = start.resolve(part.isEmpty() ? "/" : part);
    }
    return start;
  }

  private static void walk(
      Path directory,
      Path start,
      @org.jspecify.annotations.Nullable PathMatcher matcher,
      SortedSet<String> found)
      throws IOException {
    Files.walkFileTree(
        start,
        Set.of(java.nio.file.FileVisitOption.FOLLOW_LINKS),
        64,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            var name = at.getFileName();
            return name != null && NEVER.contains(name.toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            var path = relative(directory, file);
            if (attributes.isRegularFile() && (matcher == null || matches(matcher, path))) {
              found.add(path);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException broken) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String relative(Path directory, Path file) {
    return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
  }

  /** Whether a path, relative to the working directory, is one of those or lies in one. */
  public static boolean covers(String name, String path) {
    var plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (!isGlob(plain)) {
      return path.equals(plain) || path.startsWith(plain + "/");
    }
    var matcher = matcher(plain);
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (matches(matcher, path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(PathMatcher matcher, String path) {
    return matcher.matches(Path.of(path));
  }

  /** {@code **}{@code /x} means x at the top as well, as it does to git and Python. */
  private static PathMatcher matcher(String glob) {
    var fileSystem = FileSystems.getDefault();
    var either = glob.replace("**/", "{**/,}");
    boolean nested = glob.contains("{") && glob.contains("**/");
    return fileSystem.getPathMatcher("glob:" + (nested ? glob : either));
  }
}
