package ferry.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What went wrong with a file or directory, in words: a full disk, a read-only one, one that is
 * gone.
 */
public final class DiskTrouble {
  private DiskTrouble() {}

  /** An error that a person can act on. */
  public static UserException at(Path path, IOException cause) {
    return new SystemError.Unavailable(words(path, cause), help(cause)).thrown();
  }

  /** One sentence without a full stop. */
  public static String words(Path path, IOException cause) {
    var said = said(cause);
    if (said.contains("no space left")) {
      return "the disk is full: `" + path + "` could not be written";
    }
    if (said.contains("quota")) {
      return "your disk quota is used up: `" + path + "` could not be written";
    }
    if (said.contains("read-only")) {
      return "`" + path + "` lies on a read-only file system";
    }
    return switch (cause) {
      case AccessDeniedException denied -> "no permission for `" + fileOf(denied, path) + "`";
      case NoSuchFileException gone -> "`" + fileOf(gone, path) + "` is not there any more";
      case NotDirectoryException not -> "`" + fileOf(not, path) + "` is no directory";
      case IOException other -> "`" + path + "` cannot be used: " + reason(other);
    };
  }

  private static List<String> help(IOException cause) {
    var said = said(cause);
    if (said.contains("no space left") || said.contains("quota")) {
      return List.of("make room, for example with `ferry rm RUN`, and try again");
    }
    if (said.contains("read-only") || cause instanceof AccessDeniedException) {
      return List.of("name a directory that you can write to with `FERRY_HOME`");
    }
    return List.of();
  }

  private static String said(IOException cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static String fileOf(java.nio.file.FileSystemException cause, Path otherwise) {
    var file = cause.getFile();
    return file == null ? otherwise.toString() : file;
  }

  private static String reason(IOException cause) {
    if (cause instanceof java.nio.file.FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    var message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
