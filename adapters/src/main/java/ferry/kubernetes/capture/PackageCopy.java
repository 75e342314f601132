package ferry.kubernetes.capture;

import ferry.kubernetes.capture.HandInstalled.Distribution;
import ferry.tracking.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of hand-installed Python packages on a volume that steps have, made once for the same
 * packages and put on their {@code PYTHONPATH}.
 */
final class PackageCopy {
  /** More than that is an environment, and should be one on a volume. */
  private static final long MOST_BYTES = 1L << 30;

  private PackageCopy() {}

  /**
   * The directory with the copy.
   *
   * @param parent on a volume that steps have; made where it is missing
   * @throws IOException where a package has no list of its files, all are too large, or the copy
   *     cannot be written
   */
  static Path of(List<Distribution> packages, Path parent) throws IOException {
    var target = parent.resolve(key(packages));
    if (Files.isDirectory(target)) {
      return target;
    }
    Files.createDirectories(parent);
    var draft = Files.createTempDirectory(parent, "new");
    try {
      long room = MOST_BYTES;
      for (var each : packages) {
        for (var file : files(each)) {
          room -= Files.size(each.metadata().resolveSibling(file));
          if (room < 0) {
            throw new IOException("they are larger than 1 GiB");
          }
          copy(each.metadata().resolveSibling(file), draft.resolve(file));
        }
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
      // Somebody made the same copy at the same time.
    } finally {
      delete(draft);
    }
    return target;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * What pip says it put beside the metadata; programs and other files elsewhere are not among it.
   */
  private static List<Path> files(Distribution each) throws IOException {
    var files = new ArrayList<Path>();
    for (var line : Files.readAllLines(each.metadata().resolve("RECORD"))) {
      var name =
          line.startsWith("\"") ? line.substring(1, line.indexOf('"', 1)) : line.split(",")[0];
      var file = Path.of(name).normalize();
      if (!file.isAbsolute()
          && !file.startsWith("..")
          && Files.isRegularFile(each.metadata().resolveSibling(file))) {
        files.add(file);
      }
    }
    return files;
  }

  /** Changes when a package is installed anew. */
  private static String key(List<Distribution> packages) throws IOException {
    var words = new StringBuilder();
    for (var each : packages) {
      var changed = Files.getLastModifiedTime(each.metadata());
      words.append(each).append(' ').append(each.metadata()).append(' ').append(changed);
    }
    return Sha256.of(words.toString()).substring(0, 16);
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
