package ferry.error;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a file or directory, in words: a full disk, a read-only one, one that is
 * gone.
 */
public final class DiskTrouble {
  private static final String NO_DIRECTORY_ABOVE = "a part of its path is no directory";

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
      case FileAlreadyExistsException there -> inTheWay(fileOf(there, path));
      case FileSystemException other when inThePath(other).isPresent() ->
          inTheWay(inThePath(other).get().toString());
      case FileSystemException other ->
          "`" + fileOf(other, path) + "` cannot be used: " + reason(other);
      case IOException other -> "`" + path + "` cannot be used: " + reason(other);
    };
  }

  private static String inTheWay(String file) {
    return "`" + file + "` is in the way, where Ferry makes something of its own";
  }

  /** What lies where a file's path needs a directory. */
  private static Optional<Path> inThePath(FileSystemException cause) {
    var file = cause.getFile();
    if (file == null || !reason(cause).equals(NO_DIRECTORY_ABOVE)) {
      return Optional.empty();
    }
    return Stream.iterate(Path.of(file), Objects::nonNull, Path::getParent)
        .filter(Files::exists)
        .findFirst()
        .filter(Files::isRegularFile);
  }

  /** What an exception of the file system says, in words that may follow a colon. */
  public static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "there is no such file";
      case FileAlreadyExistsException _ -> "something is there already";
      case NotDirectoryException _ -> "it is no directory";
      case DirectoryNotEmptyException _ -> "it is a directory that is not empty";
      case CharacterCodingException _ -> "it is no text in UTF-8";
      case EOFException _ -> "it ends too early";
      case FileSystemException named when named.getReason() != null -> spoken(named.getReason());
      default -> spoken(cause.getMessage());
    };
  }

  /** The system's own few words, like {@code Is a directory}. */
  private static String spoken(@Nullable String said) {
    if (said == null || said.isBlank()) {
      return "the file system refused it";
    }
    var lower = said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
    return switch (lower) {
      case "is a directory" -> "it is a directory";
      case "not a directory" -> NO_DIRECTORY_ABOVE;
      default -> lower;
    };
  }

  private static List<String> help(IOException cause) {
    var said = said(cause);
    if (said.contains("no space left") || said.contains("quota")) {
      return List.of(
          "make room, for example with `ferry rm RUN`, and try again",
          "what is large there, where no command works: `du -a DIRECTORY | sort -n | tail`");
    }
    if (said.contains("read-only") || cause instanceof AccessDeniedException) {
      return List.of("name a directory that you can write to with `FERRY_HOME`");
    }
    if (isInTheWay(cause)) {
      return List.of("move it away, and try again");
    }
    return List.of();
  }

  private static boolean isInTheWay(IOException cause) {
    return cause instanceof FileAlreadyExistsException
        || cause instanceof NotDirectoryException
        || reason(cause).endsWith("a directory")
        || reason(cause).endsWith("no directory");
  }

  private static String said(IOException cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }

  /** Of a move the file that is to be replaced: it is what cannot be. */
  private static String fileOf(FileSystemException cause, Path otherwise) {
    var file = cause.getOtherFile() == null ? cause.getFile() : cause.getOtherFile();
    return file == null ? otherwise.toString() : file;
  }
}
