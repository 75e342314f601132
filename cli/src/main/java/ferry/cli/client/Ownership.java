package ferry.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * To whom a directory belongs, and who may change what lies in it: whoever may, could put another
 * database, other settings or another server's address there.
 */
final class Ownership {
  private static final Path SELF = Path.of("/proc/self");
  private static final int ROOT = 0;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;

  private Ownership() {}

  /**
   * Refuses a home that is another user's, or that others can write. The system's own user may do
   * everything anyway, and the user's first group is taken for the user's own.
   *
   * @throws CommandFailed naming the culprit and the way out
   */
  static void refuseUnsafe(Path directory) {
    Map<String, Object> found;
    Map<String, Object> own;
    try {
      own = Files.readAttributes(SELF, "unix:uid,gid");
      found = Files.readAttributes(directory, "unix:uid,gid,mode");
    } catch (IOException | UnsupportedOperationException e) {
      return; // a system that does not tell who this process belongs to
    }
    int owner = number(found, "uid");
    if (owner != number(own, "uid") && owner != ROOT) {
      throw Failure.system(
              "Ferry's home `" + directory + "` belongs to another user (uid " + owner + ")",
              "name a directory of your own: `export FERRY_HOME=/path`")
          .thrown();
    }
    int mode = number(found, "mode");
    boolean ownGroup = number(found, "gid") == number(own, "gid");
    if ((mode & OTHERS_WRITE) != 0 || (mode & GROUP_WRITES) != 0 && !ownGroup) {
      throw Failure.system(
              "Ferry's home `%s` can be written by others (mode %04o), who could change what runs"
                  .formatted(directory, mode & 07777),
              "take that from them: `chmod go-w '" + directory + "'`",
              "or name a directory of your own: `export FERRY_HOME=/path`")
          .thrown();
    }
  }

  private static int number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.intValue() : ROOT;
  }
}
