package ferry.kubernetes;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.Sha256;
import java.util.Locale;

/**
 * Names of cluster objects, made of a run, a step run and an attempt: the same for the same attempt
 * for ever, and never the same for two. What cannot stand in a name, or would make it too long, is
 * left out, and a hash of the whole put in its place.
 */
public final class ObjectNames {
  /** The most that a name may have where it is a label's value as well. */
  public static final int LONGEST = 63;

  private static final int HASH_LENGTH = 8;

  private ObjectNames() {}

  /** The name of an attempt's own object: {@code hello-x7k2p-train-1}. */
  public static String of(AttemptId attempt) {
    return of(attempt, LONGEST);
  }

  /**
   * As {@link #of(AttemptId)}, shorter.
   *
   * @param longest at least 20
   */
  public static String of(AttemptId attempt, int longest) {
    var run = attempt.run().value();
    var step = plain(attempt.stepRun());
    var name = run + "-" + step + "-" + attempt.number();
    boolean isPlain = step.equals(attempt.stepRun()) && !step.contains("-") && !step.isEmpty();
    // With a hyphen in the step's name, two runs whose names begin alike could meet in one name.
    return isPlain && name.length() <= longest
        ? name
        : cut(run + (step.isEmpty() ? "" : "-" + step), attempt.toString(), longest, attempt);
  }

  private static String cut(String readable, String whole, int longest, AttemptId attempt) {
    var end = "-" + hash(whole) + "-" + attempt.number();
    return cut(readable, longest - end.length()) + end;
  }

  /** The name of an object that a whole run has: {@code hello-x7k2p-files}. */
  public static String of(RunId run, String suffix) {
    return of(run.value(), suffix);
  }

  /** The name of an object that all trials of an experiment share. */
  static String of(String whole, String suffix) {
    var name = whole + "-" + suffix;
    var end = "-" + hash(whole) + "-" + suffix;
    return name.length() <= LONGEST ? name : cut(whole, LONGEST - end.length()) + end;
  }

  /**
   * A text as a label's value: itself where it can be one, else what of it can, and a hash of all.
   */
  public static String label(String text) {
    if (text.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
      return text;
    }
    var plain = plain(text);
    var end = hash(text);
    return plain.isEmpty() ? end : cut(plain, LONGEST - end.length() - 1) + "-" + end;
  }

  /** The first hexadecimal digits of a text's SHA-256. */
  static String hash(String text) {
    return Sha256.of(text).substring(0, HASH_LENGTH);
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest).replaceAll("-+$", "");
  }
}
