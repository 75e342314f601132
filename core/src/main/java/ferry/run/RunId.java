package ferry.run;

import ferry.error.DefinitionError;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The name of a run, made by the client that submits it: the workflow's name, a hyphen, and five
 * letters or digits.
 *
 * @param value lower-case ASCII letters, digits and inner hyphens, at most 63 characters: good as a
 *     Kubernetes name
 */
public record RunId(String value) implements Comparable<RunId> {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int LONGEST = 63;
  private static final int DRAWN = 5;

  public RunId {
    if (!isGood(value)) {
      var expected = "lower-case letters, digits and inner `-`, at most " + LONGEST + " characters";
      throw new DefinitionError.BadName("run", value, expected).thrown();
    }
  }

  /** The run of that name, where it is the name of one. */
  public static Optional<RunId> of(String name) {
    return isGood(name) ? Optional.of(new RunId(name)) : Optional.empty();
  }

  /** A new name; two draws are the same once in fourteen million. */
  public static RunId draw(String workflow, RandomGenerator random) {
    var key = new StringBuilder();
    for (int i = 0; i < DRAWN; i++) {
      key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return of(workflow, key.toString());
  }

  /**
   * The name of a workflow's run with a key that its client drew.
   *
   * @param key lower-case letters and digits, at most 20; the workflow's name is cut to leave room
   */
  public static RunId of(String workflow, String key) {
    var name = new StringBuilder();
    workflow
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .limit(LONGEST - key.length() - 1L)
        .forEach(c -> {
          boolean plain = isPlain(c);
          boolean afterHyphen = name.isEmpty() || name.charAt(name.length() - 1) == '-';
          if (plain || !afterHyphen) {
            name.append(plain ? (char) c : '-');
          }
        });
    name.append(name.isEmpty() ? "run-" : name.charAt(name.length() - 1) == '-' ? "" : "-");
    return new RunId(name + key);
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isGood(String value) {
    if (value.isEmpty()
        || value.length() > LONGEST
        || value.startsWith("-")
        || value.endsWith("-")) {
      return false;
    }
    return value.chars().allMatch(c -> isPlain(c) || c == '-');
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
