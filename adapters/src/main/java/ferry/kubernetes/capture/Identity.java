package ferry.kubernetes.capture;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who a process is to the kernel.
 *
 * @param groups supplementary groups, the main one included or not
 */
record Identity(long user, long group, SortedSet<Long> groups) {
  Identity {
    groups = new TreeSet<>(groups);
  }

  /** From the text of {@code /proc/PID/status}; the effective ones. */
  static Identity ofStatus(List<String> status) {
    var groups = new TreeSet<Long>();
    numbers(status, "Groups:").forEach(groups::add);
    return new Identity(numbers(status, "Uid:").get(1), numbers(status, "Gid:").get(1), groups);
  }

  private static List<Long> numbers(List<String> status, String key) {
    return status.stream()
        .filter(line -> line.startsWith(key))
        .flatMap(line -> List.of(line.substring(key.length()).strip().split("\\s+")).stream())
        .filter(word -> !word.isEmpty())
        .map(Long::valueOf)
        .toList();
  }
}
