package ferry.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** Directories below the home: made for their user alone, and deleted whole. */
final class Home {
  private Home() {}

  /** Makes a directory and those above it that are missing, mode 0700. */
  static void createPrivate(Path directory) throws IOException {
    if (!directory.toFile().isDirectory()) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Makes the directory in which a file is to lie. */
  static void createParent(Path file) throws IOException {
    createPrivate(parent(file));
  }

  /** The directory in which a file lies. */
  static Path parent(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  /** Deletes a directory and all in it, following no links; one that is not there is deleted. */
  static void deleteTree(Path directory) throws IOException {
    if (!Files.isDirectory(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(directory);
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
