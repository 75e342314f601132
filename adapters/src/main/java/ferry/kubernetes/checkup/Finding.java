package ferry.kubernetes.checkup;

/**
 * What was found about a subject.
 *
 * @param wayOut what to do; empty where all is well
 */
public record Finding(Grade grade, String subject, String words, String wayOut) {

  /** How well it is with something. */
  public enum Grade {
    GOOD,
    /** Ferry works without it. */
    LACKING,
    BROKEN
  }

  static Finding good(String subject, String words) {
    return new Finding(Grade.GOOD, subject, words, "");
  }

  static Finding lacking(String subject, String words, String wayOut) {
    return new Finding(Grade.LACKING, subject, words, wayOut);
  }

  static Finding broken(String subject, String words, String wayOut) {
    return new Finding(Grade.BROKEN, subject, words, wayOut);
  }
}
