package ferry.server;

import ferry.error.DiskTrouble;
import ferry.server.http.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalLong;

/** The file {@code server.json} in a home: where its server listens, and what opens it. */
final class AddressFile {
  private static final String NAME = "server.json";
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final int START_FIELD = 22;
  private static final String DRAFTS = NAME + ".[0-9]*";

  private final Path file;
  private final byte[] content;

  private AddressFile(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  /** Writes it whole, for its user alone. */
  static AddressFile write(Path home, String url, String token, Instant started, String build) {
    var content =
        JsonWriter.bytes(json ->
            json.text("url", url)
                .number("pid", ProcessHandle.current().pid())
                .number("pidStart", processStart())
                .text("token", token)
                .text("started", started.toString())
                .text("build", build));
    var address = new AddressFile(home.resolve(NAME), content);
    try {
      deleteDrafts(home);
      address.write();
    } catch (IOException e) {
      throw DiskTrouble.at(home, e);
    }
    return address;
  }

  /** Writes it again as it was, where somebody took it away or changed it. */
  void write() throws IOException {
    var draft = file.resolveSibling(NAME + "." + ProcessHandle.current().pid());
    var attributes =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      Files.deleteIfExists(draft);
      try (var out = Files.newByteChannel(draft, options, attributes)) {
        out.write(ByteBuffer.wrap(content));
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** What servers left that died, or found the disk full, while they wrote theirs. */
  private static void deleteDrafts(Path home) throws IOException {
    try (var drafts = Files.newDirectoryStream(home, DRAFTS)) {
      for (var draft : drafts) {
        Files.deleteIfExists(draft);
      }
    }
  }

  /** When this process started, as Linux counts; the name in the second field may hold anything. */
  private static OptionalLong processStart() {
    try {
      var text = Files.readString(STAT);
      var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return OptionalLong.of(Long.parseLong(fields[START_FIELD - 3]));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  /** Whether it is still there as it was written. */
  boolean isThere() {
    try {
      return Arrays.equals(Files.readAllBytes(file), content);
    } catch (IOException _) {
      return false;
    }
  }

  /** Takes it away, unless another server wrote its own. */
  void delete() throws IOException {
    if (isThere()) {
      Files.deleteIfExists(file);
    }
  }
}
