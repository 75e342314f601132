package ferry.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * What a snapshot leaves out: brings it into a working copy. Small files are copied, so that nobody
 * writes over those of another; what is large or many, like data and virtual environments, is
 * linked.
 */
final class IgnoredFiles {
  /** The largest file that is copied, in bytes. */
  private static final long SMALL = 1 << 20;

  /** How much is copied in all, in bytes. */
  private static final long MOST_COPIED = 64L << 20;

  /** A directory with more than so many entries, all below counted, is linked. */
  private static final int MOST_ENTRIES = 500;

  /** Never brought: a tool that writes there would change the original. */
  private static final Set<String> LEFT = Set.of(".git", ".hg", ".svn", "__pycache__", ".ferry");

  private final Path home;
  private final Path original;
  private final Path target;
  private final Brought brought;
  private long copied;

  /**
   * Brings files from one directory to another.
   *
   * @param home Ferry's own directory, which is not copied wherever it lies
   * @param brought is told what was linked and copied
   */
  IgnoredFiles(Path home, Path original, Path target, Brought brought) {
    this.home = home;
    this.original = original;
    this.target = target;
    this.brought = brought;
  }

  /** Brings one file or directory, where its place is there and free. */
  void bring(String path) throws IOException {
    var place = target.resolve(path);
    boolean isWanted = !LEFT.contains(place.getFileName().toString());
    boolean isFree = !Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    if (isWanted && isFree && Files.isDirectory(Home.parent(place))) {
      bring(original.resolve(path), place);
    }
  }

  private void bring(Path from, Path to) throws IOException {
    try {
      copy(from, to);
    } catch (NoSuchFileException _) {
      // It was deleted while we copied: then it is not there for anybody.
    }
  }

  private void copy(Path from, Path to) throws IOException {
    if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS) && isFew(from)) {
      Files.createDirectory(to);
      try (var children = Files.list(from)) {
        for (var child : children.toList()) {
          bring(child, to.resolve(child.getFileName()));
        }
      }
    } else if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS) && isSmall(from)) {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      brought.copied(relative(to), to);
    } else {
      Files.createSymbolicLink(to, from);
      brought.linked(relative(to), from);
    }
  }

  private String relative(Path to) {
    return target.relativize(to).toString();
  }

  private boolean isFew(Path directory) throws IOException {
    boolean isWhole = directory.equals(home) || DirectoryScan.isVirtualEnvironment(directory);
    if (isWhole || !Files.isReadable(directory)) {
      return false;
    }
    try (var all = Files.walk(directory)) {
      return all.limit(MOST_ENTRIES + 2).count() <= MOST_ENTRIES + 1;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /** Whether it can be copied, which is counted. */
  private boolean isSmall(Path file) throws IOException {
    long size = Files.size(file);
    boolean fits = size <= SMALL && copied + size <= MOST_COPIED && Files.isReadable(file);
    copied += fits ? size : 0;
    return fits;
  }
}
