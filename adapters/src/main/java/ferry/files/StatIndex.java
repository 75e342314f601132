package ferry.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The hashes of a working directory's files as they were seen last, so that a file is read again
 * only when the file system says that it changed. It may be lost or old at any time.
 */
final class StatIndex {
  private static final int VERSION = 1;

  private final Path file;
  private final Map<String, Known> known;

  private record Known(ScannedFile file, String hash) {}

  private StatIndex(Path file, Map<String, Known> known) {
    this.file = file;
    this.known = known;
  }

  /** Reads what was written; nothing is known where that fails. */
  static StatIndex read(Path file) {
    var known = new HashMap<String, Known>();
    if (!file.toFile().isFile()) {
      return new StatIndex(file, known);
    }
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt() == VERSION ? in.readInt() : 0;
      for (int i = 0; i < count; i++) {
        var entry = read(in);
        known.put(entry.file.path(), entry);
      }
    } catch (IOException | IllegalArgumentException damaged) {
      // It is only a memory: every file is read anew, and it is written again.
      known.clear();
    }
    return new StatIndex(file, known);
  }

  private static Known read(DataInputStream in) throws IOException {
    var path = in.readUTF();
    var seen =
        new ScannedFile(
            path,
            ScannedFile.Kind.FILE,
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            false);
    return new Known(seen, in.readUTF());
  }

  /** The hash of a file that has not changed since it was seen. */
  Optional<String> hash(ScannedFile seen) {
    var entry = known.get(seen.path());
    return entry != null && entry.file.looksLike(seen) ? Optional.of(entry.hash) : Optional.empty();
  }

  void put(ScannedFile seen, String hash) {
    known.put(seen.path(), new Known(seen, hash));
  }

  void retain(java.util.Collection<String> paths) {
    known.keySet().retainAll(paths);
  }

  int size() {
    return known.size();
  }

  void write() throws IOException {
    Home.createParent(file);
    var temporary = Files.createTempFile(Home.parent(file), "new-", "");
    try {
      try (var out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
        out.writeInt(VERSION);
        out.writeInt(known.size());
        for (var entry : known.values()) {
          write(out, entry);
        }
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void write(DataOutputStream out, Known entry) throws IOException {
    out.writeUTF(entry.file.path());
    out.writeLong(entry.file.size());
    out.writeLong(entry.file.modified());
    out.writeLong(entry.file.changed());
    out.writeLong(entry.file.inode());
    out.writeUTF(entry.hash);
  }
}
