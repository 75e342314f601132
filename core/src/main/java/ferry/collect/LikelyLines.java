package ferry.collect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last lines of a log that looked as if they told a metric: those in which one was found, else
 * those with a number in them, else any.
 */
final class LikelyLines {
  private static final int MOST = 3;
  private static final int LONGEST = 160;

  private final Deque<String> found = new ArrayDeque<>();
  private final Deque<String> numbered = new ArrayDeque<>();
  private final Deque<String> others = new ArrayDeque<>();

  void add(String line, boolean isFound) {
    if (isFound) {
      keep(found, line);
    } else if (found.isEmpty() && !line.isBlank()) {
      keep(line.chars().anyMatch(Character::isDigit) ? numbered : others, line);
    }
  }

  private static void keep(Deque<String> lines, String line) {
    if (lines.size() == MOST) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** At most three, in their order, each cut where it is long. */
  List<String> lines() {
    var best = !found.isEmpty() ? found : !numbered.isEmpty() ? numbered : others;
    return best.stream().map(String::strip).map(LikelyLines::cut).toList();
  }

  private static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
