package ferry.files;

import ferry.error.DiskTrouble;
import ferry.error.RequestError;
import ferry.tracking.ArtifactFiles;
import ferry.tracking.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Uploads as plain files under {@code artifacts/tracked}. What is being received lies beside them,
 * in {@code artifacts/incoming}, and is moved when it is complete and on the disk.
 */
final class UploadedFiles implements ArtifactFiles {
  private static final Pattern UPLOAD = Pattern.compile("[0-9a-f-]{36}");
  private static final int LONGEST_NAME = 255;

  /** With the home before it, a path stays below what Linux and macOS take. */
  private static final int LONGEST_PATH = 700;

  private static final long LARGEST = 1L << 40;
  private static final int BUFFER = 1 << 18;

  private final Path root;
  private final Path incoming;

  UploadedFiles(Path home) {
    root = home.resolve("artifacts/tracked");
    incoming = home.resolve("artifacts/incoming");
  }

  @Override
  public List<Entry> list(String path) {
    var directory = path.isEmpty() ? root : place(path);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      var entries = new ArrayList<Entry>();
      for (var file : files.filter(each -> !Files.isSymbolicLink(each)).sorted().toList()) {
        boolean isDirectory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
        long bytes = isDirectory ? 0 : Files.size(file);
        entries.add(new Entry(file.getFileName().toString(), isDirectory, bytes));
      }
      return entries;
    } catch (IOException trouble) {
      throw DiskTrouble.at(directory, trouble);
    }
  }

  @Override
  public Optional<Path> locate(String path) {
    var file = place(path);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(file)
        : Optional.empty();
  }

  @Override
  public void keep(String path, InputStream content) {
    var file = place(path);
    var draft = incoming.resolve(UUID.randomUUID() + ".file");
    try {
      Home.createPrivate(incoming);
      receive(content, draft);
      publish(draft, file, path);
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
    } finally {
      discard(draft);
    }
  }

  /** Writes what comes, and waits until it is on the disk. */
  private static void receive(InputStream content, Path draft) throws IOException {
    var options = List.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var out = FileChannel.open(draft, options.toArray(StandardOpenOption[]::new))) {
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

  private static void publish(Path draft, Path file, String path) throws IOException {
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

  private static void discard(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException trouble) {
      throw DiskTrouble.at(draft, trouble);
    }
  }

  @Override
  public boolean delete(String path) {
    var place = place(path);
    try {
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Home.deleteTree(place);
      return true;
    } catch (IOException trouble) {
      throw DiskTrouble.at(place, trouble);
    }
  }

  @Override
  public String begin(String path) {
    place(path);
    var upload = UUID.randomUUID().toString();
    try {
      Home.createPrivate(incoming.resolve(upload));
      return upload;
    } catch (IOException trouble) {
      throw DiskTrouble.at(incoming, trouble);
    }
  }

  @Override
  public String part(String upload, int number, InputStream content) {
    var directory = upload(upload);
    var draft = directory.resolve(number + "." + UUID.randomUUID());
    try {
      var digest = Sha256.digest();
      receive(new DigestInputStream(content, digest), draft);
      var hash = HexFormat.of().formatHex(digest.digest());
      Files.move(
          draft,
          directory.resolve(number + "-" + hash),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return hash;
    } catch (IOException trouble) {
      throw DiskTrouble.at(directory, trouble);
    } finally {
      discard(draft);
    }
  }

  @Override
  public void complete(String path, String upload, List<Part> parts) {
    var directory = upload(upload);
    var file = place(path);
    var draft = directory.resolve("whole");
    if (parts.stream().map(Part::number).distinct().count() < parts.size()) {
      throw bad("a part's number comes twice; expected each once");
    }
    try {
      try (var out = Files.newOutputStream(draft)) {
        for (var part : parts.stream().sorted(Comparator.comparingInt(Part::number)).toList()) {
          append(directory, part, out);
        }
      }
      try (var whole = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        whole.force(true);
      }
      publish(draft, file, path);
      Home.deleteTree(directory);
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
    }
  }

  private static void append(Path directory, Part part, OutputStream out) throws IOException {
    var hash = part.hash().replace("\"", "");
    var file = directory.resolve(part.number() + "-" + hash);
    if (!hash.matches("[0-9a-f]{64}") || !Files.isRegularFile(file)) {
      throw bad("part " + part.number() + " is not there, or is another one than was sent");
    }
    Files.copy(file, out);
  }

  @Override
  public void abort(String upload) {
    var directory = upload(upload);
    try {
      Home.deleteTree(directory);
    } catch (IOException trouble) {
      throw DiskTrouble.at(directory, trouble);
    }
  }

  private Path upload(String upload) {
    var directory = incoming.resolve(UPLOAD.matcher(upload).matches() ? upload : "none");
    if (!Files.isDirectory(directory)) {
      throw new RequestError.NotFound("upload", upload, Optional.empty()).thrown();
    }
    return directory;
  }

  private Path place(String path) {
    var place = root;
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw bad("a path has " + path.length() + " characters; at most " + LONGEST_PATH + " bytes");
    }
    for (var part : path.split("/", -1)) {
      boolean isGood =
          !part.isEmpty()
              && !part.equals(".")
              && !part.equals("..")
              && part.indexOf('\0') < 0
              && part.indexOf('\\') < 0
              && part.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
      if (!isGood) {
        throw bad("Invalid path: `" + path + "`; expected names with `/` between them");
      }
      place = place.resolve(part);
      if (Files.isSymbolicLink(place)) {
        throw bad("Invalid path: `" + path + "` leads over a link");
      }
    }
    return place;
  }

  private static RuntimeException bad(String message) {
    return new RequestError.BadRequest(message, List.of()).thrown();
  }
}
