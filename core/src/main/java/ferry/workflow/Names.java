package ferry.workflow;

import ferry.error.DefinitionError;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What may be a name, and which name somebody probably meant. */
public final class Names {
  private static final int LONGEST = 100;
  private static final int BEGINNING = 3;

  private Names() {}

  /**
   * Letters of any script, digits, {@code -} and {@code _}; starts with a letter or digit; at most
   * 100 characters.
   */
  public static void checkStep(String name) {
    check("step", name, false);
  }

  /** Like a step's name; a dot is allowed too. */
  public static void checkWorkflow(String name) {
    check("workflow", name, true);
  }

  private static void check(String what, String name, boolean dots) {
    boolean good =
        !name.isEmpty()
            && name.length() <= LONGEST
            && Character.isLetterOrDigit(name.codePointAt(0))
            && name.codePoints()
                .allMatch(
                    c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || dots && c == '.');
    if (!good) {
      var expected =
          "letters, digits, `-` and `_`, at most "
              + LONGEST
              + " characters, first a letter or digit";
      throw new DefinitionError.BadName(what, name, expected).thrown();
    }
  }

  /**
   * A name made of any text: what cannot stay becomes {@code -}; {@code fallback} where nothing is
   * left.
   */
  public static String from(String text, String fallback) {
    var name = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> {
          if (Character.isLetterOrDigit(c) || c == '_') {
            name.appendCodePoint(c);
          } else if (!name.isEmpty() && name.charAt(name.length() - 1) != '-') {
            name.append('-');
          }
        });
    while (!name.isEmpty() && (name.charAt(name.length() - 1) == '-' || name.charAt(0) == '_')) {
      name.deleteCharAt(name.charAt(0) == '_' ? 0 : name.length() - 1);
    }
    return name.isEmpty() ? fallback : name.toString();
  }

  /**
   * The candidate that differs least from the word, if one is near enough to be meant; its
   * beginning of three letters or more is.
   */
  public static Optional<String> nearest(String word, Iterable<String> candidates) {
    var wanted = word.toLowerCase(Locale.ROOT);
    int most = Math.max(1, word.length() / 3);
    var near = new java.util.ArrayList<String>();
    candidates.forEach(near::add);
    return near.stream()
        .filter(name -> far(wanted, name) <= most)
        .min(Comparator.comparingInt((String name) -> far(wanted, name)));
  }

  private static int far(String wanted, String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    boolean begins = wanted.length() >= BEGINNING && lower.startsWith(wanted);
    return begins ? Math.min(1, lower.length() - wanted.length()) : distance(wanted, lower);
  }

  /** Levenshtein's distance, counting a swap of neighbours as one (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int differs = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + differs);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
