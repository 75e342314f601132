package ferry.error;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much room a disk has for this user, as it said when it was asked. One that does not tell is
 * taken neither for full nor for one with plenty.
 *
 * @param free in bytes; nothing where it was not told
 */
public record DiskRoom(OptionalLong free) {
  private static final long MEBIBYTE = 1 << 20;

  /** With less, nothing of a database can be written. */
  private static final long NOTHING = 256 << 10;

  /** With less, what failed may have failed for it: a home may just have given up its reserve. */
  private static final long LITTLE = 5 * MEBIBYTE;

  /** With less, nothing is taken for later. */
  private static final long PLENTY = 16 * MEBIBYTE;

  /** The room where a path lies, or where it would. */
  public static DiskRoom of(Path path) {
    var there = path.toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return new DiskRoom(OptionalLong.of(Files.getFileStore(there).getUsableSpace()));
    } catch (IOException _) {
      return new DiskRoom(OptionalLong.empty());
    }
  }

  /** Whether there is next to nothing. */
  public boolean isUsedUp() {
    return isBelow(NOTHING);
  }

  /** Whether there is so little that a write may have failed for it. */
  public boolean isShort() {
    return isBelow(LITTLE);
  }

  /** Whether some of it can be taken for later. */
  public boolean isPlenty() {
    return free.isPresent() && !isBelow(PLENTY);
  }

  /** Whether it is known to be less than so many bytes. */
  public boolean isBelow(long bytes) {
    return free.isPresent() && free.getAsLong() < bytes;
  }

  /** That the disk of a home is full. */
  public SystemError.DiskFull full(Path home) {
    return new SystemError.DiskFull(home.toString(), free.orElse(0) / MEBIBYTE);
  }
}
