package ferry.local;

import ferry.error.SystemError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the disk that Ferry's home lies on is full: then a step may have failed because of it.
 */
final class FullDisk {
  private static final long MEBIBYTE = 1 << 20;

  /** The home may just have given up the room that it keeps for bad times. */
  private static final long NEARLY_NOTHING = 5 * MEBIBYTE;

  private FullDisk() {}

  /** What is added to the reason of a step that failed; nothing where there is room. */
  static Optional<String> words(Path log) {
    try {
      long free = Files.getFileStore(log).getUsableSpace();
      return free < NEARLY_NOTHING ? Optional.of(words(home(log), free)) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // not known, so it is not blamed
    }
  }

  private static String words(Path home, long free) {
    var full = new SystemError.DiskFull(home.toString(), free / MEBIBYTE);
    return "; " + full.message() + "; free some, then `ferry retry`";
  }

  /** A log lies in {@code runs/RUN/STEP/ATTEMPT/log}. */
  private static Path home(Path log) {
    var absolute = log.toAbsolutePath();
    int names = absolute.getNameCount();
    return names > 5 ? absolute.getRoot().resolve(absolute.subpath(0, names - 5)) : absolute;
  }
}
