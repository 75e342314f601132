package ferry.files;

import ferry.error.DiskTrouble;
import ferry.error.RequestError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file on its way in: a draft that one upload alone writes, and that is moved to its place when
 * it is complete and on the disk. What was not moved is gone once it is closed.
 */
record ReceivedFile(Path draft) implements AutoCloseable {
  private static final long LARGEST = 1L << 40;
  private static final int BUFFER = 1 << 18;

  /** Writes what comes, and waits until it is on the disk. */
  void receive(InputStream content) throws IOException {
    try (var out = created()) {
      var buffer = new byte[BUFFER];
      long all = 0;
      int read = content.read(buffer);
      while (read >= 0) {
        all += read;
        if (all > LARGEST) {
          throw bad("a file is larger than " + (LARGEST >> 30) + " GiB");
        }
        for (var bytes = ByteBuffer.wrap(buffer, 0, read); bytes.hasRemaining(); ) {
          out.write(bytes);
        }
        read = content.read(buffer);
      }
      out.force(true);
    }
  }

  /** Writes files one after another, and waits until all is on the disk. */
  void join(List<Path> pieces) throws IOException {
    try (var out = created()) {
      for (var piece : pieces) {
        try (var in = FileChannel.open(piece)) {
          for (long at = 0; at < in.size(); ) {
            at += in.transferTo(at, in.size() - at, out);
          }
        }
      }
      out.force(true);
    }
  }

  private FileChannel created() throws IOException {
    return FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Puts it in its place, over any file that lies there.
   *
   * @param path the place as it was asked for, to tell of it
   */
  void publish(Path file, String path) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw bad("`" + path + "` is a directory; expected a file");
    }
    try {
      Home.createParent(file);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException impossible) {
      throw new IllegalStateException("two places of one home are on two disks", impossible);
    } catch (FileSystemException inTheWay) {
      if (hasFileAbove(file)) {
        throw bad("a part of the path `" + path + "` is a file; expected directories");
      }
      throw inTheWay;
    }
    try (var directory = FileChannel.open(Home.parent(file))) {
      directory.force(true);
    }
  }

  private static boolean hasFileAbove(Path file) {
    for (var above = file.getParent(); above != null; above = above.getParent()) {
      if (Files.isRegularFile(above, LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException trouble) {
      throw DiskTrouble.at(draft, trouble);
    }
  }

  private static RuntimeException bad(String message) {
    return new RequestError.BadRequest(message, List.of()).thrown();
  }
}
