package ferry.files;

import ferry.error.DiskTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What lies in {@code artifacts/incoming} and nobody goes on with: a server clears up after an
 * upload that breaks off, but not after itself where it is killed.
 */
record BrokenOffUploads(Path home) {
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  /** Removes what nothing was written to for a day. */
  void sweep(Instant now) {
    var incoming = home.resolve("artifacts/incoming");
    if (!Files.isDirectory(incoming)) {
      return;
    }
    try (var drafts = Files.list(incoming)) {
      for (var draft : drafts.toList()) {
        if (written(draft).isBefore(now.minus(LONGEST_PAUSE))) {
          Home.deleteTree(draft);
        }
      }
    } catch (IOException trouble) {
      throw DiskTrouble.at(incoming, trouble);
    }
  }

  /** When it, or the newest part in it, was written last. */
  private static Instant written(Path draft) throws IOException {
    var newest = modified(draft);
    if (Files.isDirectory(draft, LinkOption.NOFOLLOW_LINKS)) {
      try (var parts = Files.list(draft)) {
        for (var part : parts.toList()) {
          newest = modified(part).isAfter(newest) ? modified(part) : newest;
        }
      }
    }
    return newest;
  }

  private static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
  }
}
