package ferry.files;

import ferry.tracking.Sha256;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

/**
 * How a file or a directory looks to somebody who reads none of it: names, sizes and times, as a
 * word that is another one when something in it was written. A directory is looked at from the top
 * down, until so many of its files and directories were seen.
 */
final class Look {
  /** Names that are read of one directory; of one that has more, its own time counts instead. */
  private static final int MOST_NAMES = 5_000;

  /** Names that are read in all: no further directory is entered once there were so many. */
  private static final int ALL_NAMES = 20_000;

  /** Python writes there whenever it reads a module for the first time. */
  private static final String CACHE = "__pycache__";

  private static final int DIGITS = 16;

  private final Path home;
  private final StringBuilder seen = new StringBuilder();
  private final Queue<Path> directories = new ArrayDeque<>();
  private int left;
  private int named;

  private Look(Path home, int most) {
    this.home = home;
    this.left = most;
  }

  /**
   * Looks at something, behind a link too.
   *
   * @param home Ferry's own directory, in which something is written all the time
   * @param most how many files and directories of a directory are looked at
   */
  static String of(Path path, Path home, int most) {
    return new Look(home, most).word(path);
  }

  private String word(Path path) {
    see(path, path.toString());
    for (var next = directories.poll();
        next != null && named < ALL_NAMES;
        next = directories.poll()) {
      enter(next);
    }
    return Sha256.of(seen.toString()).substring(0, DIGITS);
  }

  private void enter(Path directory) {
    try {
      var names = names(directory);
      for (var name : names) {
        seen.append(name).append('\n');
      }
      for (var name : names) {
        if (left-- > 0) {
          see(directory.resolve(name), name, LinkOption.NOFOLLOW_LINKS);
        }
      }
    } catch (IOException trouble) {
      seen.append("unreadable\n");
    }
  }

  /** The names in a directory, in order. */
  private List<String> names(Path directory) throws IOException {
    var names = new ArrayList<String>();
    try (var children = Files.newDirectoryStream(directory)) {
      for (var child : children) {
        var name = child.getFileName().toString();
        if (!name.equals(CACHE)) {
          names.add(name);
        }
        if (names.size() > MOST_NAMES) {
          named += names.size();
          seen.append(Files.getLastModifiedTime(directory).toString()).append('\n');
          return List.of();
        }
      }
    }
    Collections.sort(names);
    named += names.size();
    return names;
  }

  private void see(Path path, String name, LinkOption... options) {
    try {
      var is = Files.readAttributes(path, BasicFileAttributes.class, options);
      seen.append(name);
      if (!is.isDirectory()) {
        seen.append(' ').append(is.size()).append(' ').append(is.lastModifiedTime());
      } else if (!path.equals(home)) {
        directories.add(path);
      }
    } catch (NoSuchFileException _) {
      seen.append("gone");
    } catch (FileSystemException _) {
      seen.append("closed");
    } catch (IOException trouble) {
      seen.append(trouble.getMessage());
    }
    seen.append('\n');
  }
}
