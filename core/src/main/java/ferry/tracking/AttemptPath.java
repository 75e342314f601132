package ferry.tracking;

import ferry.run.AttemptId;
import ferry.run.RunId;
import java.nio.file.Path;

/** Where things of runs lie below the home: {@code runs/<run>/<step run>/<attempt>/}. */
public final class AttemptPath {
  /** The file beside a run's steps that holds the environment in which it was typed. */
  private static final String ENVIRONMENT = "environment";

  private static final int LONGEST = 80;
  private static final int HASH_DIGITS = 12;

  private AttemptPath() {}

  /** The directory of a run. */
  public static Path of(Path home, RunId run) {
    return home.resolve("runs").resolve(run.value());
  }

  /** The directory of a step run, which its attempts share. */
  public static Path of(Path home, RunId run, String stepRun) {
    return of(home, run).resolve(fileName(stepRun));
  }

  /** The directory of an attempt. */
  public static Path of(Path home, AttemptId attempt) {
    return of(home, attempt.run(), attempt.stepRun()).resolve(Integer.toString(attempt.number()));
  }

  /** The log of an attempt. */
  public static Path log(Path home, AttemptId attempt) {
    return of(home, attempt).resolve("log");
  }

  /**
   * A step run's name as the name of a file: itself where it is short, plain ASCII and nothing
   * else's, else what of it is, and a hash of all of it. Two names never give the same one.
   */
  public static String fileName(String stepRun) {
    if (isPlain(stepRun) && !stepRun.equals(ENVIRONMENT)) {
      return stepRun;
    }
    var name = new StringBuilder();
    stepRun.chars().limit(LONGEST).forEach(c -> name.append(isPlain(c) ? (char) c : '_'));
    return name.append('~').append(hash(stepRun)).toString();
  }

  private static boolean isPlain(String name) {
    if (name.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (!isPlain(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-_[],=+".indexOf(c) >= 0;
  }

  private static String hash(String text) {
    return Sha256.of(text).substring(0, HASH_DIGITS);
  }
}
