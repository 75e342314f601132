package ferry.files;

import ferry.error.DiskTrouble;
import ferry.error.RequestError;
import ferry.tracking.ArtifactFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Uploads as plain files under {@code artifacts/tracked}. What is being received lies beside them,
 * in {@code artifacts/incoming}, and is moved when it is complete and on the disk.
 */
final class UploadedFiles implements ArtifactFiles {
  private static final int LONGEST_NAME = 255;

  /** With the home before it, a path stays below what Linux and macOS take. */
  private static final int LONGEST_PATH = 700;

  private final Path root;
  private final Path incoming;
  private final PartedUploads parted;

  UploadedFiles(Path home) {
    root = home.resolve("artifacts/tracked");
    incoming = home.resolve("artifacts/incoming");
    parted = new PartedUploads(incoming);
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
    try (var received = new ReceivedFile(incoming.resolve(UUID.randomUUID() + ".file"))) {
      Home.createPrivate(incoming);
      received.receive(content);
      received.publish(file, path);
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
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
    try {
      return parted.begin();
    } catch (IOException trouble) {
      throw DiskTrouble.at(incoming, trouble);
    }
  }

  @Override
  public String part(String upload, int number, InputStream content) {
    try {
      return parted.part(upload, number, content);
    } catch (IOException trouble) {
      throw DiskTrouble.at(incoming, trouble);
    }
  }

  @Override
  public void complete(String path, String upload, List<Part> parts) {
    var file = place(path);
    try {
      parted.complete(file, path, upload, parts);
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
    }
  }

  @Override
  public void abort(String upload) {
    try {
      parted.abort(upload);
    } catch (IOException trouble) {
      throw DiskTrouble.at(incoming, trouble);
    }
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
