package ferry.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this process may use of its machine: the least of what the machine has, what it is bound to,
 * and what the cgroups above it allow, of version 1 or 2.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes bytes
 */
record MachineLimits(long cpuMillis, long memoryBytes) {
  private static final Path ROOT = Path.of("/");

  static MachineLimits here() {
    return of(ROOT);
  }

  /** As {@link #here}, with another root of the file system, for tests. */
  static MachineLimits of(Path root) {
    var groups = new Cgroups(root);
    long cpus = Math.min(affinity(root), groups.cpuset().orElse(Long.MAX_VALUE)) * 1000;
    long memory = total(root);
    return new MachineLimits(
        Math.max(1, Math.min(cpus, groups.cpuMillis().orElse(Long.MAX_VALUE))),
        Math.min(memory, groups.memoryBytes().orElse(Long.MAX_VALUE)));
  }

  private static long affinity(Path root) {
    return line(root.resolve("proc/self/status"), "Cpus_allowed_list:")
        .map(MachineLimits::count)
        .orElseGet(() -> (long) Runtime.getRuntime().availableProcessors());
  }

  private static long total(Path root) {
    return line(root.resolve("proc/meminfo"), "MemTotal:")
        .map(kibibytes -> Long.parseLong(kibibytes.replace("kB", "").strip()) * 1024)
        .orElseGet(MachineLimits::totalByTheRuntime);
  }

  private static long totalByTheRuntime() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  /** How many numbers a list like {@code 0-3,8} has. */
  static long count(String list) {
    long count = 0;
    for (var range : list.strip().split(",")) {
      var ends = range.split("-");
      count += Long.parseLong(ends[ends.length - 1]) - Long.parseLong(ends[0]) + 1;
    }
    return count;
  }

  private static Optional<String> line(Path file, String start) {
    return lines(file).stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException notOnThisSystem) {
      return List.of();
    }
  }

  /** The control groups that this process is in, each with those above it. */
  private static final class Cgroups {
    private final Path root;
    private final List<String> memberships;
    private final boolean isUnified;

    Cgroups(Path root) {
      this.root = root;
      memberships = lines(root.resolve("proc/self/cgroup"));
      isUnified = Files.exists(root.resolve("sys/fs/cgroup/cgroup.controllers"));
    }

    OptionalLong memoryBytes() {
      var file = isUnified ? "memory.max" : "memory.limit_in_bytes";
      return directories("memory").stream()
          .flatMap(directory -> lines(directory.resolve(file)).stream())
          .filter(text -> !text.equals("max"))
          .mapToLong(Long::parseLong)
          .min();
    }

    OptionalLong cpuset() {
      var file = isUnified ? "cpuset.cpus.effective" : "cpuset.cpus";
      return directories("cpuset").stream()
          .flatMap(directory -> lines(directory.resolve(file)).stream())
          .filter(text -> !text.isBlank())
          .mapToLong(MachineLimits::count)
          .min();
    }

    OptionalLong cpuMillis() {
      return directories("cpu").stream()
          .map(this::quota)
          .flatMapToLong(OptionalLong::stream)
          .filter(millis -> millis > 0)
          .min();
    }

    private OptionalLong quota(Path directory) {
      var parts = new ArrayList<String>();
      if (isUnified) {
        lines(directory.resolve("cpu.max")).forEach(line -> parts.addAll(List.of(line.split(" "))));
      } else {
        parts.addAll(lines(directory.resolve("cpu.cfs_quota_us")));
        parts.addAll(lines(directory.resolve("cpu.cfs_period_us")));
      }
      return parts.size() != 2 || parts.getFirst().equals("max")
          ? OptionalLong.empty()
          : OptionalLong.of(
              Long.parseLong(parts.getFirst()) * 1000 / Long.parseLong(parts.getLast()));
    }

    /**
     * The directories of a controller from this process's group up; in a container only the top.
     */
    private List<Path> directories(String controller) {
      var top = root.resolve("sys/fs/cgroup");
      top = isUnified ? top : top.resolve(controller);
      var directories = new ArrayList<Path>();
      directories.add(top);
      for (var part : path(controller).split("/")) {
        top = part.isEmpty() ? top : top.resolve(part);
        directories.add(top);
      }
      return directories.stream().distinct().filter(Files::isDirectory).toList();
    }

    private String path(String controller) {
      for (var line : memberships) {
        var parts = line.split(":", 3);
        boolean ours =
            isUnified ? parts[1].isEmpty() : List.of(parts[1].split(",")).contains(controller);
        if (parts.length == 3 && ours) {
          return parts[2];
        }
      }
      return "";
    }
  }
}
