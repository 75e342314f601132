package ferry.local;

import ferry.tracking.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hashes of files, remembered as long as size, times and inode stay the same. */
final class FileHashes {
  private static final int MOST = 100_000;
  private static final long SETTLED_MILLIS = 2_000;
  private static final String SIGNS = "unix:size,lastModifiedTime,ctime,ino";

  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  private record Known(Map<String, Object> signs, String hash) {}

  String hash(Path file) throws IOException {
    var signs = Files.readAttributes(file, SIGNS);
    var seen = known.get(file);
    if (seen != null && seen.signs.equals(signs)) {
      return seen.hash;
    }
    var hash = read(file);
    long changed = Files.getLastModifiedTime(file).toMillis();
    if (System.currentTimeMillis() - changed > SETTLED_MILLIS) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(file, new Known(signs, hash));
    }
    return hash;
  }

  private static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }
}
