package ferry.files;

import ferry.error.SystemError;
import ferry.tracking.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/**
 * Files kept by the SHA-256 of their content, each once, read-only. A file appears whole or not at
 * all; after a power cut one may be damaged, which {@link #isIntact} tells.
 */
final class ContentStore {
  private static final long SMALL = 1 << 20;

  private final Path directory;

  ContentStore(Path directory) {
    this.directory = directory;
  }

  /** Where content of that hash lies, if it is kept. */
  Path locate(String hash) {
    return directory.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
  }

  boolean has(String hash) {
    return locate(hash).toFile().isFile();
  }

  /**
   * Keeps a file's content; returns its hash. What is kept is what was hashed, though the file
   * change.
   */
  String keep(Path file) throws IOException {
    return Files.size(file) <= SMALL ? keepSmall(file) : keepLarge(file);
  }

  private String keepSmall(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    var hash = Sha256.of(bytes);
    if (!has(hash)) {
      publish(hash, temporary -> Files.write(temporary, bytes));
    }
    return hash;
  }

  private String keepLarge(Path file) throws IOException {
    var before = hash(file);
    if (has(before)) {
      return before;
    }
    Home.createPrivate(directory);
    var copy = temporary();
    try {
      Files.copy(file, copy);
      var hash = hash(copy);
      publish(hash, temporary -> Files.move(copy, temporary));
      return hash;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private interface Writing {
    void to(Path temporary) throws IOException;
  }

  private void publish(String hash, Writing writing) throws IOException {
    Home.createParent(locate(hash));
    var temporary = temporary();
    try {
      writing.to(temporary);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r--------"));
      Files.move(temporary, locate(hash), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Path temporary() {
    return directory.resolve("new-" + UUID.randomUUID());
  }

  /** The hash of a file's content, in hexadecimal. */
  static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }

  /** The content of a file of a snapshot. */
  byte[] read(ManifestEntry entry) throws IOException {
    if (has(entry.word()) && Files.size(locate(entry.word())) == entry.size()) {
      return Files.readAllBytes(locate(entry.word()));
    }
    throw new SystemError.Unavailable(
            "the kept content of `" + entry.path() + "` is gone or damaged", List.of())
        .thrown();
  }

  /** Copies content to a place where there is nothing; the copy may be written to. */
  void copyTo(String hash, Path target, boolean executable) throws IOException {
    Files.copy(locate(hash), target, LinkOption.NOFOLLOW_LINKS);
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Makes content appear under another name without a copy where the file system allows it. */
  void linkTo(String hash, Path target) throws IOException {
    Files.deleteIfExists(target);
    try {
      Files.createLink(target, locate(hash));
    } catch (FileAlreadyExistsException raced) {
      throw raced;
    } catch (IOException | UnsupportedOperationException noLinks) {
      Files.copy(locate(hash), target);
    }
  }

  boolean isIntact(String hash) throws IOException {
    return has(hash) && hash(locate(hash)).equals(hash);
  }
}
