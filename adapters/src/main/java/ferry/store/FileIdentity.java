package ferry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Which file or directory a path named at one time: another that has its name now is another. */
final class FileIdentity {
  private final Path path;
  private final Optional<Object> key;

  private FileIdentity(Path path, Optional<Object> key) {
    this.path = path;
    this.key = key;
  }

  static FileIdentity of(Path path) throws IOException {
    return new FileIdentity(path, key(path));
  }

  private static Optional<Object> key(Path path) throws IOException {
    return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  /** Whether the path still names it; not known, and so believed, where nothing can be read. */
  boolean isThere() {
    try {
      return key(path).equals(key);
    } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException _) {
      return false;
    } catch (IOException _) {
      return true; // a file server that is away for a while
    }
  }
}
