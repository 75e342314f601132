package ferry.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The machine's GPUs, handed out to attempts whole. Which there are is said by {@code FERRY_GPUS}
 * (a count, or names with commas), else by the server's own {@code CUDA_VISIBLE_DEVICES}, else by
 * the device files, else by {@code nvidia-smi}.
 */
final class Gpus {
  private static final String SMI = "nvidia-smi";

  private final List<String> names;
  private final TreeSet<Integer> free = new TreeSet<>();
  private final Map<String, List<Integer>> taken = new HashMap<>();

  Gpus(List<String> names) {
    this.names = List.copyOf(names);
    IntStream.range(0, names.size()).forEach(free::add);
  }

  /** Those of this machine. */
  static Gpus find(Map<String, String> environment) {
    var configured = environment.getOrDefault("FERRY_GPUS", "").strip();
    if (!configured.isEmpty()) {
      return new Gpus(configured(configured));
    }
    if (environment.containsKey("CUDA_VISIBLE_DEVICES")) {
      return new Gpus(listed(environment.getOrDefault("CUDA_VISIBLE_DEVICES", "")));
    }
    var devices = deviceFiles();
    return new Gpus(devices.isEmpty() ? askedFor(environment) : devices);
  }

  private static List<String> configured(String words) {
    return words.matches("\\d{1,4}")
        ? IntStream.range(0, Integer.parseInt(words)).mapToObj(Integer::toString).toList()
        : listed(words);
  }

  private static List<String> listed(String words) {
    return List.of(words.split(",")).stream()
        .map(String::strip)
        .filter(name -> !name.isEmpty() && !name.equals("-1"))
        .toList();
  }

  private static List<String> deviceFiles() {
    var found = new ArrayList<String>();
    for (int i = 0; Files.exists(Path.of("/dev/nvidia" + i)); i++) {
      found.add(Integer.toString(i));
    }
    return found;
  }

  /** Asks the driver's own program, where it is installed. */
  private static List<String> askedFor(Map<String, String> environment) {
    for (var directory : environment.getOrDefault("PATH", "").split(":")) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, SMI))) {
        return ask(Path.of(directory, SMI));
      }
    }
    return List.of();
  }

  private static List<String> ask(Path program) {
    try {
      var process =
          new ProcessBuilder(program.toString(), "--query-gpu=index", "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
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

  int count() {
    return names.size();
  }

  /**
   * Takes the lowest that are free; fewer where there are fewer. What it says names them to CUDA.
   */
  synchronized String take(String attempt, int wanted) {
    var own = taken.computeIfAbsent(attempt, _ -> new ArrayList<>());
    while (own.size() < wanted && !free.isEmpty()) {
      own.add(free.removeFirst());
    }
    return String.join(",", own.stream().map(names::get).toList());
  }

  /** Notes that an attempt holds those already, from an earlier life of the server. */
  synchronized void hold(String attempt, String words) {
    var own = taken.computeIfAbsent(attempt, _ -> new ArrayList<>());
    for (var name : listed(words)) {
      int index = names.indexOf(name);
      if (index >= 0 && free.remove(index)) {
        own.add(index);
      }
    }
  }

  synchronized void release(String attempt) {
    var own = taken.remove(attempt);
    if (own != null) {
      free.addAll(own);
    }
  }
}
