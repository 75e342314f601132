package ferry.cli.client;

import ferry.error.DiskTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The directory in which Ferry keeps everything, and the names in it that the command line uses.
 */
public record Home(Path directory) {

  /** {@code $FERRY_HOME}, else {@code ~/.ferry}. */
  public static Home of(Map<String, String> environment, Path workingDirectory) {
    var named = environment.getOrDefault("FERRY_HOME", "");
    if (!named.isEmpty()) {
      return new Home(workingDirectory.resolve(named).normalize());
    }
    var user = environment.getOrDefault("HOME", "");
    return new Home(Path.of(user.isEmpty() ? System.getProperty("user.home") : user, ".ferry"));
  }

  public Path log() {
    return directory.resolve("server.log");
  }

  Path startLock() {
    return directory.resolve("server.start");
  }

  public Path config() {
    return directory.resolve("config");
  }

  /**
   * Makes the directory where there is none, for its user alone.
   *
   * @throws CommandFailed where it cannot be made, or others could change what lies in it
   */
  public void make() {
    refuseUnlessDirectory();
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      refuseUnlessDirectory();
      throw refused("made", DiskTrouble.reason(e));
    }
    refuseUnsafe();
  }

  /** A directory that is another's, or that others can write, is no home; nor is a file. */
  void refuseUnsafe() {
    refuseUnlessDirectory();
    if (Files.isDirectory(directory)) {
      Ownership.refuseUnsafe(directory);
    }
  }

  /** Something else that lies there, or where a directory above it should be, is named. */
  public void refuseUnlessDirectory() {
    for (Path at = directory; at != null; at = at.getParent()) {
      if (Files.isDirectory(at)) {
        return;
      }
      if (Files.exists(at)) {
        throw refused("used", (at.equals(directory) ? "it" : at.toString()) + " is no directory");
      }
    }
  }

  /** For want of permission, or on a disk that is read-only or full. */
  CommandFailed unwritable(IOException e) {
    return refused("written", DiskTrouble.reason(e));
  }

  private CommandFailed refused(String what, String why) {
    return Failure.system(
            "Ferry's home `" + directory + "` cannot be " + what + ": " + why,
            "name a directory that you can write: `export FERRY_HOME=/path`")
        .thrown();
  }
}
