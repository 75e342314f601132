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

  /** The place of this process. */
  public static Place here() throws IOException {
    return new Place(
        Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
        Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
  }
}
