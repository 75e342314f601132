package ferry.files;

import static java.util.stream.Collectors.joining;

import ferry.error.RequestError;
import ferry.tracking.ArtifactFiles.Part;
import ferry.tracking.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Uploads in parts, each a directory of its own. Clients ask again where an answer is late, so an
 * upload is put together by one at a time, and one that is finished stays known by what it became
 * until it is swept with those that broke off: whoever asks for the same once more is told the
 * same.
 */
final class PartedUploads {
  private static final Pattern UPLOAD = Pattern.compile("[0-9a-f-]{36}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** In the directory of a finished upload: which file it became, of which parts. */
  private static final String FINISHED = "finished";

  private final Path incoming;
  private final Map<String, Lock> locks = new ConcurrentHashMap<>();

  PartedUploads(Path incoming) {
    this.incoming = incoming;
  }

  String begin() throws IOException {
    var upload = UUID.randomUUID().toString();
    Home.createPrivate(incoming.resolve(upload));
    return upload;
  }

  String part(String upload, int number, InputStream content) throws IOException {
    var directory = unfinished(upload);
    try (var received = new ReceivedFile(directory.resolve(number + "." + UUID.randomUUID()))) {
      var digest = Sha256.digest();
      received.receive(new DigestInputStream(content, digest));
      var hash = HexFormat.of().formatHex(digest.digest());
      var lock = locked(upload);
      try {
        unfinished(upload);
        move(received.draft(), directory.resolve(number + "-" + hash));
      } finally {
        lock.unlock();
      }
      return hash;
    }
  }

  void complete(Path file, String path, String upload, List<Part> parts) throws IOException {
    if (parts.isEmpty() || parts.stream().map(Part::number).distinct().count() < parts.size()) {
      throw bad("no part is named, or a part's number comes twice; expected each once");
    }
    var sorted = parts.stream().sorted(Comparator.comparingInt(Part::number)).toList();
    directory(upload);
    var lock = locked(upload);
    try {
      complete(directory(upload), file, path, sorted);
      locks.remove(upload, lock);
    } finally {
      lock.unlock();
    }
  }

  private void complete(Path directory, Path file, String path, List<Part> parts)
      throws IOException {
    var whole = path + "\n" + parts.stream().map(PartedUploads::name).collect(joining("\n"));
    var finished = directory.resolve(FINISHED);
    if (!Files.exists(finished)) {
      join(directory, parts, file, path);
      finish(directory, whole);
    } else if (!Files.readString(finished).equals(whole)) {
      throw finished(directory, " as another file, or of other parts");
    }
  }

  private void join(Path directory, List<Part> parts, Path file, String path) throws IOException {
    var pieces = parts.stream().map(part -> piece(directory, part)).toList();
    try (var received = new ReceivedFile(incoming.resolve(UUID.randomUUID() + ".file"))) {
      received.join(pieces);
      received.publish(file, path);
    }
  }

  /** Says what it became before the parts go, so that a crash in between leaves nothing to mend. */
  private static void finish(Path directory, String whole) throws IOException {
    var draft = directory.resolve(FINISHED + "." + UUID.randomUUID());
    Files.writeString(draft, whole);
    move(draft, directory.resolve(FINISHED));
    try (var files = Files.list(directory)) {
      for (var piece : files.filter(each -> !each.endsWith(FINISHED)).toList()) {
        Files.deleteIfExists(piece);
      }
    }
  }

  private static Path piece(Path directory, Part part) {
    var file = directory.resolve(name(part));
    if (!Files.isRegularFile(file)) {
      throw bad("part " + part.number() + " is not there, or is another one than was sent");
    }
    return file;
  }

  private static String name(Part part) {
    var hash = part.hash().replace("\"", "");
    return part.number() + "-" + (HASH.matcher(hash).matches() ? hash : "none");
  }

  void abort(String upload) throws IOException {
    var directory = directory(upload);
    var lock = locked(upload);
    try {
      Home.deleteTree(directory);
      locks.remove(upload, lock);
    } finally {
      lock.unlock();
    }
  }

  private Lock locked(String upload) {
    var lock = locks.computeIfAbsent(upload, _ -> new ReentrantLock());
    lock.lock();
    return lock;
  }

  private Path unfinished(String upload) {
    var directory = directory(upload);
    if (Files.exists(directory.resolve(FINISHED))) {
      throw finished(directory, "");
    }
    return directory;
  }

  private static RuntimeException finished(Path directory, String how) {
    return new RequestError.Conflict(
            "the upload `" + directory.getFileName() + "` is finished already" + how,
            List.of("begin a new upload to replace the file"))
        .thrown();
  }

  private static void move(Path draft, Path to) throws IOException {
    Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static RuntimeException bad(String message) {
    return new RequestError.BadRequest(message, List.of()).thrown();
  }

  private Path directory(String upload) {
    var directory = incoming.resolve(UPLOAD.matcher(upload).matches() ? upload : "none");
    if (!Files.isDirectory(directory)) {
      throw new RequestError.NotFound("upload", upload, Optional.empty()).thrown();
    }
    return directory;
  }
}
