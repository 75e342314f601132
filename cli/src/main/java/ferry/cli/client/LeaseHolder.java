package ferry.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process that holds a home by its file {@code lease}. It says whether a server lives whose
 * {@code server.json} is not there, because it is starting or ending, or because the file was lost.
 *
 * @param started when the process started, as Linux counts
 */
public record LeaseHolder(long pid, long started) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path SPACE = Path.of("/proc/self/ns/pid");

  /** The holder, where it lives and is a process of this machine and process space. */
  public static Optional<LeaseHolder> alive(Home home) {
    try {
      var text = Files.readString(home.directory().resolve("lease"), StandardCharsets.ISO_8859_1);
      boolean isHere =
          field(text, "boot").equals(Files.readString(BOOT).strip())
              && field(text, "space").equals(Files.readSymbolicLink(SPACE).toString());
      var holder =
          new LeaseHolder(
              Long.parseLong(field(text, "pid")), Long.parseLong(field(text, "started")));
      return isHere && holder.isAlive() ? Optional.of(holder) : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String field(String text, String name) {
    int at = text.startsWith(name + "=") ? 0 : text.indexOf("\n" + name + "=") + 1;
    int end = text.indexOf('\n', at);
    return end < 0 || !text.startsWith(name + "=", at)
        ? ""
        : text.substring(at + name.length() + 1, end);
  }

  /** Whether that very process still lives. */
  public boolean isAlive() {
    return ServerFile.isAlive(pid, started);
  }

  /** Asks it to end, as a terminal does. */
  void terminate() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }
}
