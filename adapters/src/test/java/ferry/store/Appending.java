package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.submitted;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that submits runs as fast as it can, and says of each when it is durable. */
final class Appending implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  private Appending(Process process) {
    this.process = process;
    this.said = process.inputReader();
  }

  static Appending start(Path home) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new Appending(
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Appending.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** The next ids that it acknowledges. */
  List<String> acknowledged(int count) throws IOException {
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      ids.add(said.readLine());
    }
    return ids;
  }

  /** Kills it in the midst of its work; what it had still said. */
  List<String> kill() {
    end();
    return said.lines().toList();
  }

  @Override
  public void close() {
    end();
  }

  /** Unlike the process, its handle leaves what was said to be read. */
  private void end() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** The other process. */
  public static void main(String[] args) {
    try (var store = SqliteStore.open(Path.of(args[0]))) {
      int from = store.journal().unfinished().size();
      for (int i = from; ; i++) {
        store.journal().append(List.of(submitted(plan("kill-" + i, NOON.plusMillis(i)))));
        System.out.println("kill-" + i);
      }
    }
  }
}
