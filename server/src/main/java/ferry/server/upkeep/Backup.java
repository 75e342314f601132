package ferry.server.upkeep;

import ferry.server.http.JsonWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A home in one zip file, while its runs go on: first the rows as they are at one moment, then the
 * files, which are there before any row speaks of them; at the end a manifest, without which the
 * file is not whole. An entry's comment says what it is besides a file: {@code link} or {@code
 * program}.
 */
public final class Backup {
  static final String ROWS = "database";
  static final String FILES = "files/";
  static final String MANIFEST = "manifest.json";

  /** What belongs to this machine or process, or can be made again. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "database",
          "environments",
          "ferry.db",
          "ferry.db-wal",
          "ferry.db-shm",
          "launcher.log",
          "launchers",
          "lease",
          "lease.lock",
          "native",
          "port",
          "reserve",
          "restored",
          "restoring",
          "server.json",
          "server.log",
          "server.log.1",
          "server.start");

  private final Path home;
  private final Rows rows;
  private final String version;
  private long files;
  private long bytes;

  /** Writes all rows as they are at one moment. */
  public interface Rows {
    void write(OutputStream out) throws IOException;
  }

  public Backup(Path home, Rows rows, String version) {
    this.home = home;
    this.rows = rows;
    this.version = version;
  }

  void write(OutputStream stream, Instant now) throws IOException {
    try (var zip = new ZipOutputStream(stream)) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry(ROWS));
      rows.write(zip);
      zip.closeEntry();
      writeFiles(zip);
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(
          JsonWriter.bytes(json ->
              json.text("format", "ferry-backup-1")
                  .text("version", version)
                  .text("created", now.toString())
                  .number("files", files)
                  .number("bytes", bytes)));
      zip.closeEntry();
    }
  }

  private void writeFiles(ZipOutputStream zip) throws IOException {
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts) {
            return isLeftOut(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            if (!isLeftOut(file)) {
              writeFile(zip, file, facts);
            }
            return FileVisitResult.CONTINUE;
          }

          // Something may have been removed meanwhile.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw why;
          }
        });
  }

  private boolean isLeftOut(Path file) {
    var relative = home.relativize(file);
    var first = relative.getName(0).toString();
    return LEFT_OUT.contains(first)
        || first.startsWith("server.json.")
        || relative.startsWith("artifacts/incoming");
  }

  private void writeFile(ZipOutputStream zip, Path file, BasicFileAttributes facts)
      throws IOException {
    var entry = new ZipEntry(FILES + home.relativize(file));
    if (facts.isSymbolicLink()) {
      entry.setComment("link");
      zip.putNextEntry(entry);
      zip.write(Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    } else if (facts.isRegularFile()) {
      copy(zip, entry, file);
    }
  }

  private void copy(ZipOutputStream zip, ZipEntry entry, Path file) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      if (Files.isExecutable(file)) {
        entry.setComment("program");
      }
      zip.putNextEntry(entry);
      bytes += in.transferTo(zip);
      files++;
      zip.closeEntry();
    } catch (NoSuchFileException _) {
      return; // removed meanwhile, with the row that spoke of it
    }
  }
}
