package ferry.tracking;

import ferry.run.RunId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name under which a run is tracked: a run of Ferry, a step run of one, or a run that a script
 * opened itself.
 *
 * @param value letters, digits, {@code _} and {@code -}, first a letter or digit, at most 256
 */
public record TrackedId(String value) {
  private static final Pattern GOOD = Pattern.compile("[a-zA-Z0-9][\\w\\-]{0,255}");
  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_\\-]{0,79}");
  private static final int HASH_DIGITS = 12;

  public TrackedId {
    if (!isGood(value)) {
      throw new IllegalArgumentException("no tracked run is named `" + value + "`");
    }
  }

  /** Whether a text may be one. */
  public static boolean isGood(String value) {
    return GOOD.matcher(value).matches();
  }

  /** A run of Ferry is tracked under its own name. */
  public static TrackedId of(RunId run) {
    return new TrackedId(run.value());
  }

  /**
   * A step run is tracked as {@code <run>_<step run>}, which can be read, where its name is plain;
   * else with a hash behind it. Two step runs never have the same one.
   */
  public static TrackedId of(RunId run, String stepRun) {
    if (PLAIN.matcher(stepRun).matches()) {
      return new TrackedId(run + "_" + stepRun);
    }
    var file = AttemptPath.fileName(stepRun + "[]~");
    var hash = file.substring(file.length() - HASH_DIGITS).toLowerCase(Locale.ROOT);
    var word = stepRun.replaceAll("[^a-zA-Z0-9]+", "-").replaceAll("^-|-$", "");
    return new TrackedId(run + "__" + word.substring(0, Math.min(word.length(), 80)) + "-" + hash);
  }

  @Override
  public String toString() {
    return value;
  }
}
