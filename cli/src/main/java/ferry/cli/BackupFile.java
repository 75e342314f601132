package ferry.cli;

import ferry.cli.client.Failure;
import ferry.cli.terminal.Words;
import ferry.error.DiskTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.ZipFile;

/** Fetches a backup into a file: whole and on the disk under its name, or not at all. */
final class BackupFile {
  private static final String MANIFEST = "manifest.json";

  private final Session session;
  private final Path file;

  BackupFile(Session session, Path file) {
    this.session = session;
    this.file = file;
  }

  int write() {
    if (Files.exists(file)) {
      throw Failure.usage(file + " is there already", "name another file, or move it away")
          .thrown();
    }
    var draft = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.deleteIfExists(draft);
      try (var answer = session.client().open("/backup")) {
        copy(answer.body(), draft);
      }
      checkWhole(draft);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      session
          .err()
          .println(
              "wrote "
                  + file
                  + ", "
                  + Words.bytes(Files.size(file))
                  + "; keep it where only you can read it: secrets of runs are in it");
      return 0;
    } catch (IOException e) {
      throw Failure.system("the backup cannot be written to " + file + ": " + DiskTrouble.reason(e))
          .thrown();
    } finally {
      delete(draft);
    }
  }

  private static void copy(InputStream from, Path draft) throws IOException {
    var permissions =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(draft, options, permissions)) {
      from.transferTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
  }

  /** What broke off lacks its end, and so its manifest. */
  private static void checkWhole(Path draft) throws IOException {
    try (var zip = new ZipFile(draft.toFile())) {
      if (zip.getEntry(MANIFEST) == null) {
        throw new IOException("the server broke off before its end");
      }
    }
  }

  private static void delete(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw Failure.system(draft + " cannot be deleted: " + DiskTrouble.reason(e)).thrown();
    }
  }
}
