package ferry.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The program that comes with NVIDIA's driver, and says which GPUs there are and how busy. */
record NvidiaSmi(Path program) {
  private static final String NAME = "nvidia-smi";
  private static final long LONGEST_SECONDS = 5;

  /**
   * A GPU at a moment.
   *
   * @param index counted from 0, as text
   * @param uuid begins with {@code GPU-}
   * @param busyPercent 0 to 100
   */
  record Use(String index, String uuid, double busyPercent, long memoryBytes) {

    /** Whether it is the one that {@code CUDA_VISIBLE_DEVICES} means: a beginning is enough. */
    boolean isNamed(String name) {
      return index.equals(name) || name.startsWith("GPU-") && uuid.startsWith(name);
    }
  }

  /** The one on the PATH, where it is installed. */
  static Optional<NvidiaSmi> find(Map<String, String> environment) {
    for (var directory : environment.getOrDefault("PATH", "").split(":")) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, NAME))) {
        return Optional.of(new NvidiaSmi(Path.of(directory, NAME)));
      }
    }
    return Optional.empty();
  }

  /** The numbers of the GPUs; none where it does not say. */
  List<String> indexes() {
    return query("index", "--format=csv,noheader");
  }

  /** How busy each GPU is; those that do not tell are left out. */
  List<Use> use() {
    var fields = "index,uuid,utilization.gpu,memory.used";
    return query(fields, "--format=csv,noheader,nounits").stream()
        .flatMap(line -> use(line).stream())
        .toList();
  }

  private static Optional<Use> use(String line) {
    var parts = line.split("\\s*,\\s*");
    if (parts.length != 4 || !parts[2].matches("\\d{1,3}") || !parts[3].matches("\\d{1,12}")) {
      return Optional.empty();
    }
    var bytes = Long.parseLong(parts[3]) << 20;
    return Optional.of(new Use(parts[0], parts[1], Double.parseDouble(parts[2]), bytes));
  }

  private List<String> query(String fields, String format) {
    try {
      var process =
          new ProcessBuilder(program.toString(), "--query-gpu=" + fields, format)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return List.of();
      }
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? text.lines().map(String::strip).toList() : List.of();
    } catch (IOException broken) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
