package ferry.local;

import ferry.run.AttemptId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The machine's GPUs, handed out to attempts whole. Which there are is said by {@code FERRY_GPUS}
 * (a count, or names with commas), else by the server's own {@code CUDA_VISIBLE_DEVICES}, else by
 * the device files, else by {@code nvidia-smi}.
 */
final class Gpus {
  static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private final List<String> names;
  private final TreeSet<Integer> free = new TreeSet<>();
  private final Map<AttemptId, List<Integer>> taken = new HashMap<>();

  /** Which of them attempts see that asked for none: such an attempt uses what nobody was given. */
  private final Map<AttemptId, List<String>> seen = new HashMap<>();

  private final Optional<NvidiaSmi> smi;
  private boolean isClosed;

  private Gpus(List<String> names, Optional<NvidiaSmi> smi) {
    this.names = List.copyOf(names);
    this.smi = smi;
    IntStream.range(0, names.size()).forEach(free::add);
  }

  /** Those of this machine. */
  static Gpus find(Map<String, String> environment) {
    var smi = NvidiaSmi.find(environment);
    var configured = environment.getOrDefault("FERRY_GPUS", "").strip();
    if (!configured.isEmpty()) {
      return new Gpus(configured(configured), smi);
    }
    if (environment.containsKey(VISIBLE)) {
      return new Gpus(listed(environment.getOrDefault(VISIBLE, "")), smi);
    }
    var devices = deviceFiles();
    return new Gpus(
        devices.isEmpty() ? smi.map(NvidiaSmi::indexes).orElse(List.of()) : devices, smi);
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

  int count() {
    return names.size();
  }

  /** The program that says how busy they are. */
  Optional<NvidiaSmi> smi() {
    return smi;
  }

  /**
   * Takes the lowest that are free; fewer where there are fewer. What it says names them to CUDA.
   */
  synchronized String take(AttemptId attempt, int wanted) {
    var own = taken.computeIfAbsent(attempt, _ -> new ArrayList<>());
    while (own.size() < wanted && !free.isEmpty()) {
      own.add(free.removeFirst());
    }
    notifyAll();
    return String.join(",", own.stream().map(names::get).toList());
  }

  /**
   * Notes that an attempt asked for none.
   *
   * @param environment its own, which may name some
   */
  synchronized void share(AttemptId attempt, Map<String, String> environment) {
    var visible = environment.get(VISIBLE);
    seen.put(attempt, visible == null ? names : listed(visible));
    notifyAll();
  }

  /** Notes that an attempt holds those already, from an earlier life of the server. */
  synchronized void hold(AttemptId attempt, String words) {
    if (words.isBlank()) {
      share(attempt, Map.of());
      return;
    }
    var own = taken.computeIfAbsent(attempt, _ -> new ArrayList<>());
    for (var name : listed(words)) {
      int index = names.indexOf(name);
      if (index >= 0 && free.remove(index)) {
        own.add(index);
      }
    }
    notifyAll();
  }

  synchronized void release(AttemptId attempt) {
    seen.remove(attempt);
    var own = taken.remove(attempt);
    if (own != null) {
      free.addAll(own);
    }
  }

  /**
   * What an attempt may use.
   *
   * @param isShared whether others may use the same
   */
  record Held(List<String> names, boolean isShared) {}

  /** Which attempts may use which. */
  synchronized Map<AttemptId, Held> held() {
    var held = new HashMap<AttemptId, Held>();
    seen.forEach((attempt, visible) -> {
      var rest = free.stream().map(names::get).filter(visible::contains).toList();
      if (!rest.isEmpty()) {
        held.put(attempt, new Held(rest, true));
      }
    });
    taken.forEach((attempt, own) -> {
      if (!own.isEmpty()) {
        held.put(attempt, new Held(own.stream().map(names::get).toList(), false));
      }
    });
    return held;
  }

  /** Waits until an attempt may use one; false once they are closed. */
  synchronized boolean awaitHeld() throws InterruptedException {
    while (!isClosed && held().isEmpty()) {
      wait();
    }
    return !isClosed;
  }

  /** Lets nobody wait any longer. */
  synchronized void close() {
    isClosed = true;
    notifyAll();
  }
}
