package ferry.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A file as the file system shows it, without its content.
 *
 * @param path relative to the working directory
 * @param size bytes
 * @param modified nanoseconds since 1970; the content's last change
 * @param changed nanoseconds since 1970; the inode's last change, which no program can set back
 */
record ScannedFile(
    String path,
    Kind kind,
    long size,
    long modified,
    long changed,
    long inode,
    boolean isExecutable) {

  enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    /** A pipe, a socket, a device: never kept. */
    OTHER
  }

  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,ino";
  private static final int TYPE = 0170000;
  private static final int EXECUTABLE = 0100;

  static ScannedFile of(Path file, String relative) throws IOException {
    Map<String, Object> found = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) value(found, "mode");
    var kind =
        switch (mode & TYPE) {
          case 0100000 -> Kind.FILE;
          case 0040000 -> Kind.DIRECTORY;
          case 0120000 -> Kind.LINK;
          default -> Kind.OTHER;
        };
    return new ScannedFile(
        relative,
        kind,
        (Long) value(found, "size"),
        nanos(value(found, "lastModifiedTime")),
        nanos(value(found, "ctime")),
        (Long) value(found, "ino"),
        (mode & EXECUTABLE) != 0);
  }

  private static Object value(Map<String, Object> found, String name) {
    return Objects.requireNonNull(found.get(name));
  }

  private static long nanos(Object time) {
    return ((FileTime) time).to(TimeUnit.NANOSECONDS);
  }

  /** Whether the file system gives no sign that content changed between the two. */
  boolean looksLike(ScannedFile other) {
    return size == other.size
        && modified == other.modified
        && changed == other.changed
        && inode == other.inode;
  }
}
