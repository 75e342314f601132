package ferry.cli.client;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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

  /** Makes the directory where there is none, for its user alone. */
  public void make() {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (FileAlreadyExistsException e) {
      throw refused("made", "something that is no directory lies there");
    } catch (IOException e) {
      throw refused("made", reason(e));
    }
  }

  /** For want of permission, or on a disk that is read-only or full. */
  CommandFailed unwritable(IOException e) {
    return refused("written", reason(e));
  }

  private CommandFailed refused(String what, String why) {
    return Failure.system(
            "Ferry's home `" + directory + "` cannot be " + what + ": " + why,
            "name a directory that you can write: `export FERRY_HOME=/path`")
        .thrown();
  }

  /** What an exception of the file system says, in words. */
  public static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.NoSuchFileException _ -> "there is no such file";
      case java.nio.file.FileSystemException f when f.getReason() != null ->
          String.valueOf(f.getReason());
      default -> String.valueOf(e.getMessage());
    };
  }
}
