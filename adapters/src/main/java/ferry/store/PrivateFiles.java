package ferry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that only their user can read: modes 0600 and 0700. */
final class PrivateFiles {
  private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = mode("rwx------");

  private PrivateFiles() {}

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** Makes a directory and those above it that are not there; others keep the mode they have. */
  static void directories(Path directory) throws IOException {
    Files.createDirectories(directory, DIRECTORY);
  }

  /** Makes an empty file unless it is there. */
  static void touch(Path file) throws IOException {
    try {
      Files.createFile(file, FILE);
    } catch (FileAlreadyExistsException _) {
      Files.setPosixFilePermissions(file, FILE.value());
    }
  }

  /** A new file with that content and a name of its own that begins with a dot. */
  static Path write(Path directory, String name, byte[] content) throws IOException {
    var copy = Files.createTempFile(directory, "." + name + "-", ".tmp", FILE);
    try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      var rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
    return copy;
  }

  /** Writes a file whole or not at all; it survives a power cut once this returns. */
  static void replace(Path directory, String name, byte[] content) throws IOException {
    Files.move(
        write(directory, name, content),
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force(directory);
  }

  /** Makes the names in a directory durable. */
  static void force(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
