package ferry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process. */
final class OwnMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private OwnMemory() {}

  /** What is in RAM, in bytes; Java's heap alone where the system does not tell. */
  static long bytes() {
    try {
      for (var line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(RESIDENT)) {
          return 1024 * Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip());
        }
      }
    } catch (IOException | NumberFormatException _) {
      // told below, as far as it is known
    }
    return Runtime.getRuntime().totalMemory();
  }
}
