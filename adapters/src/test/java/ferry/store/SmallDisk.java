package ferry.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of a few megabytes in memory, where this user may mount one. */
final class SmallDisk implements AutoCloseable {
  private final Path directory;
  private final boolean mounted;

  private SmallDisk(Path directory, boolean mounted) {
    this.directory = directory;
    this.mounted = mounted;
  }

  static SmallDisk mount(Path directory, String size) {
    var command =
        List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    return new SmallDisk(directory, run(command) == 0);
  }

  boolean isMounted() {
    return mounted;
  }

  void remount(String option) {
    run(List.of("mount", "-o", "remount," + option, directory.toString()));
  }

  /** Writes until nothing more fits. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(directory.resolve("filling"))) {
      var block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (Files.getFileStore(directory).getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  void makeRoom() throws IOException {
    Files.delete(directory.resolve("filling"));
  }

  private static int run(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join()
          .exitValue();
    } catch (IOException _) {
      return 127; // no such program
    }
  }

  /** The disk goes once nobody uses it: SQLite's library may have been loaded from it. */
  @Override
  public void close() {
    if (mounted) {
      run(List.of("umount", "-l", directory.toString()));
    }
  }
}
