package ferry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The file that names a home's holder. It comes into being whole and for one process only, by a
 * hard link, which is atomic on network file systems too. The holder counts on inside the file that
 * it opened, and a successor puts another in its place: so neither ever touches the other's.
 */
final class LeaseFile {
  private static final String NAME = "lease";
  private static final String COUNT = "renewed=";

  private final Path home;
  private final Path lease;
  private final Path taking;

  LeaseFile(Path home) {
    this.home = home;
    this.lease = home.resolve(NAME);
    this.taking = home.resolve("lease.taking");
  }

  /** The lease as it is written, if there is one. */
  Optional<String> read() throws IOException {
    return read(lease);
  }

  /** Who is about to take over from a dead holder, if somebody is. */
  Optional<String> readTaking() throws IOException {
    return read(taking);
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Takes the lease where there is none; false where somebody has it. */
  boolean create(LeaseHolder self) throws IOException {
    var copy = write(self);
    try {
      return link(copy, lease, self);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Takes the place of a lease that still reads like that; false where somebody was faster. */
  boolean replace(String dead, LeaseHolder self) throws IOException {
    var copy = write(self);
    try {
      if (!link(copy, taking, self)) {
        return false;
      }
      boolean isSame = read().equals(Optional.of(dead));
      if (isSame) {
        Files.move(write(self), lease, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(taking);
      return isSame;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Opens the lease that was just taken, to count on in it. */
  FileChannel open() throws IOException {
    return FileChannel.open(lease, StandardOpenOption.WRITE);
  }

  /** Shows that its holder lives: writes the next count into the file that was opened. */
  static void renew(FileChannel own, LeaseHolder self, long count) throws IOException {
    var text = ByteBuffer.wrap(text(self, count).getBytes(StandardCharsets.ISO_8859_1));
    own.write(text, 0);
    own.force(false);
  }

  /** Takes the lease away, unless it is somebody else's by now. */
  void delete(LeaseHolder self) throws IOException {
    if (isOf(self, read())) {
      Files.deleteIfExists(lease);
    }
  }

  static boolean isOf(LeaseHolder self, Optional<String> text) {
    return text.filter(found -> found.contains(self.token())).isPresent();
  }

  /** Ends a take-over whose process died in the midst of it. */
  void clearTaking() throws IOException {
    Files.deleteIfExists(taking);
  }

  private Path write(LeaseHolder self) throws IOException {
    return PrivateFiles.write(home, NAME, text(self, 0).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(LeaseHolder holder, long count) {
    return holder.text() + COUNT + String.format(Locale.ROOT, "%019d%n", count);
  }

  /** A lost answer of a file server looks like a link of somebody else: the token tells. */
  private static boolean link(Path copy, Path name, LeaseHolder self) throws IOException {
    try {
      Files.createLink(name, copy);
      return true;
    } catch (FileAlreadyExistsException _) {
      return isOf(self, read(name));
    } catch (UnsupportedOperationException | FileSystemException _) {
      return copy(copy, name);
    }
  }

  /** For file systems without hard links; the new file is made exclusively there too. */
  private static boolean copy(Path copy, Path name) throws IOException {
    try {
      Files.copy(copy, name);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    }
  }
}
