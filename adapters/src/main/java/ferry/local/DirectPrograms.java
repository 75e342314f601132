package ferry.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The programs on a PATH that the kernel itself can start: binaries, and scripts that name their
 * interpreter. Whatever is not there, or is a script without a first line, is a shell's business:
 * it knows what to say, and runs such scripts itself.
 */
final class DirectPrograms {
  private static final byte[] BINARY = {0x7f, 'E', 'L', 'F'};
  private static final byte[] SCRIPT = {'#', '!'};

  private final String path;
  private final Path directory;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  /** Programs on that PATH; its relative directories start from the working directory. */
  DirectPrograms(String path, Path directory) {
    this.path = path;
    this.directory = directory;
  }

  /** Whether it can be started as it is; a name with a slash never. */
  boolean has(String program) {
    return program.indexOf('/') < 0 && known.computeIfAbsent(program, this::find);
  }

  private boolean find(String program) {
    for (var each : path.split(":")) {
      var file = directory.resolve(each).resolve(program);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return startsWithSign(file);
      }
    }
    return false;
  }

  private static boolean startsWithSign(Path file) {
    try (var in = Files.newInputStream(file)) {
      var start = in.readNBytes(BINARY.length);
      return begins(start, BINARY) || begins(start, SCRIPT);
    } catch (IOException unreadable) {
      // It may be executable and not readable; the shell will find out.
      return false;
    }
  }

  private static boolean begins(byte[] start, byte[] sign) {
    return start.length >= sign.length
        && java.util.Arrays.equals(start, 0, sign.length, sign, 0, sign.length);
  }
}
