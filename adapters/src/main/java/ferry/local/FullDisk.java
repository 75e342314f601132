package ferry.local;

import ferry.error.DiskRoom;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the disk that Ferry's home lies on is full: then a step may have failed because of it.
 */
final class FullDisk {
  private FullDisk() {}

  /** What is added to the reason of a step that failed; nothing where there is room. */
  static Optional<String> words(Path log) {
    var room = DiskRoom.of(log);
    return room.isShort()
        ? Optional.of("; " + room.full(home(log)).message() + "; free some, then `ferry retry`")
        : Optional.empty();
  }

  /** A log lies in {@code runs/RUN/STEP/ATTEMPT/log}. */
  private static Path home(Path log) {
    var absolute = log.toAbsolutePath();
    int names = absolute.getNameCount();
    return names > 5 ? absolute.getRoot().resolve(absolute.subpath(0, names - 5)) : absolute;
  }
}
