package ferry.cli;

import java.util.Collection;
import java.util.Optional;

/** The name that was probably meant: the one with the fewest letters to change, if few enough. */
final class Nearest {
  private Nearest() {}

  static Optional<String> to(String typed, Collection<String> names) {
    int best = Math.max(1, typed.length() / 3) + 1;
    Optional<String> nearest = Optional.empty();
    for (var name : names) {
      int distance = name.startsWith(typed) && typed.length() > 2 ? 1 : distance(typed, name);
      if (distance < best) {
        best = distance;
        nearest = Optional.of(name);
      }
    }
    return nearest;
  }

  /**
   * Letters to add, drop or change, two swapped neighbours counting once: optimal string alignment.
   */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
