package ferry.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a running server wrote down in {@code server.json}: where it listens, and what opens it.
 *
 * @param pidStart when its process started, as Linux counts; tells it from another that was given
 *     its pid later
 */
public record ServerFile(
    String host, int port, String token, long pid, OptionalLong pidStart, String build) {
  private static final String SCHEME = "http://";

  /**
   * Empty where no server wrote one that can be read.
   *
   * @throws CommandFailed where it is another user's: what is sent there is the whole environment
   */
  public static Optional<ServerFile> read(Path home) {
    var file = home.resolve("server.json");
    byte[] text;
    try {
      text = Files.readAllBytes(file);
      refuseForeign(file);
    } catch (IOException e) {
      return Optional.empty();
    }
    return of(Json.parseOrNothing(text));
  }

  /** Where the system tells who this process belongs to, the file must belong to the same user. */
  private static void refuseForeign(Path file) throws IOException {
    var self = Path.of("/proc/self");
    if (!Files.exists(self)) {
      return;
    }
    var owner = Files.getAttribute(file, "unix:uid");
    if (!owner.equals(Files.getAttribute(self, "unix:uid"))) {
      throw Failure.system(
              file + " belongs to another user (uid " + owner + "), and so does its server",
              "a server of another is not sent your commands: name a home of your own with"
                  + " FERRY_HOME")
          .thrown();
    }
  }

  private static Optional<ServerFile> of(Json json) {
    var url = json.text("url");
    int colon = url.lastIndexOf(':');
    if (!url.startsWith(SCHEME) || colon < SCHEME.length()) {
      return Optional.empty();
    }
    int slash = url.indexOf('/', colon);
    int port = port(url.substring(colon + 1, slash < 0 ? url.length() : slash));
    if (port == 0) {
      return Optional.empty();
    }
    var host = url.substring(SCHEME.length(), colon);
    return Optional.of(
        new ServerFile(
            host,
            port,
            json.text("token"),
            json.number("pid").orElse(0),
            json.number("pidStart"),
            json.text("build")));
  }

  private static int port(String digits) {
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i > 4) {
        return 0;
      }
      port = port * 10 + digit;
    }
    return port > 65_535 ? 0 : port;
  }

  /**
   * Whether that very process still lives. Only then does its port belong to it: a stale one may
   * have been taken by anybody, who must not be sent the token.
   */
  public boolean isAlive() {
    if (pidStart.isEmpty() || !Files.exists(Path.of("/proc/self/stat"))) {
      return pid > 0 && ProcessHandle.of(pid).isPresent();
    }
    return isAlive(pid, pidStart.getAsLong());
  }

  /** Whether a process of that pid lives that started then, as Linux counts. */
  static boolean isAlive(long pid, long start) {
    try {
      return started(Files.readAllBytes(Path.of("/proc/" + pid + "/stat"))) == start;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Field 22 of a process's stat; -1 for one that is dead and waits to be reaped. The second field,
   * its name, is in parentheses and may hold anything.
   */
  static long started(byte[] stat) {
    var text = new String(stat, StandardCharsets.ISO_8859_1);
    int at = text.lastIndexOf(')');
    if (at < 0 || text.startsWith(" Z", at + 1) || text.startsWith(" X", at + 1)) {
      return -1;
    }
    for (int field = 2; field < 22 && at >= 0; field++) {
      at = text.indexOf(' ', at + 1);
    }
    int end = text.indexOf(' ', at + 1);
    if (at < 0 || end < 0) {
      return -1;
    }
    try {
      return Long.parseLong(text.substring(at + 1, end));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
