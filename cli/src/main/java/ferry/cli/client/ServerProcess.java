package ferry.cli.client;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that this command has started. It is a child of a shell that has ended, not of this
 * process: the JVM watches each of its children with a thread that waits in the kernel, and at its
 * own end waits 300 ms for such threads.
 */
final class ServerProcess {
  private static final String SCRIPT = "log=$1; shift; \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!";

  private final long pid;

  private ServerProcess(long pid) {
    this.pid = pid;
  }

  /**
   * Starts it.
   *
   * @param words the program and its arguments
   * @param log takes what it prints
   */
  static ServerProcess start(
      List<String> words, Path directory, Map<String, String> environment, Path log)
      throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh", log.toString()));
    command.addAll(words);
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try (var out = builder.start().getInputStream()) {
      var printed = new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
      return new ServerProcess(Long.parseLong(printed));
    } catch (NumberFormatException e) {
      throw new IOException("the shell did not say which process it started", e);
    }
  }

  boolean isAlive() {
    var stat = Path.of("/proc/" + pid + "/stat");
    try {
      return ServerFile.started(Files.readAllBytes(stat)) >= 0;
    } catch (IOException e) {
      return !Files.exists(Path.of("/proc/self/stat")) && ProcessHandle.of(pid).isPresent();
    }
  }
}
