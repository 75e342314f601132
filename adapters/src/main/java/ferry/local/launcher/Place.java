package ferry.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where pids mean something: one start of one machine, one pid namespace.
 *
 * @param boot the kernel's id of this start of the machine
 * @param namespace the pid namespace, as {@code /proc/self/ns/pid} links to it
 */
public record Place(String boot, String namespace) {

  /**
   * The place of this process.
   *
   * @throws IOException if this is not Linux, in words for the user
   */
  public static Place here() throws IOException {
    String system = System.getProperty("os.name", "");
    if (!system.equals("Linux")) {
      throw new IOException(
          "steps run on this machine only under Linux, and this is "
              + system
              + ": on Windows use WSL, elsewhere a Linux container or a cluster");
    }
    return new Place(
        Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
        Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
  }
}
