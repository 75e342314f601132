package ferry.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hashes of files, remembered as long as size, times and inode stay the same. */
final class FileHashes {
  private static final int MOST = 100_000;
  private static final long SETTLED_MILLIS = 2_000;
  private static final int BLOCK = 1 << 16;
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
      var digest = MessageDigest.getInstance("SHA-256");
      var block = new byte[BLOCK];
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        digest.update(block, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
